use chalice_rt::prelude::*;

#[exception_handler]
fn any(error: &Error) -> String {
    error.to_string()
}

fn main() {}
