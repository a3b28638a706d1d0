use chalice_rt::prelude::*;

#[exception_handler(404)]
fn missing() -> &'static str {
    "nothing"
}

fn main() {}
