//! The payload as it came: what `peers/runtime` does.
use chalice_rt::prelude::*;

#[lambda_function]
async fn echo(event: Value) -> Value {
    event
}

fn main() -> ExitCode {
    app!("echo").run()
}
