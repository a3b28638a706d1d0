use chalice_rt::prelude::*;

#[route("users")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
