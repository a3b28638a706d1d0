use chalice_rt::prelude::*;

#[exception_handler(404)]
fn missing(error: &Error, _path: String) -> String {
    error.to_string()
}

fn main() {}
