//! `cargo run -p shop` serves the shop on this machine; the same binary is its functions on Lambda.

use std::process::ExitCode;

fn main() -> ExitCode {
    shop::app().run()
}
