use chalice_rt::prelude::*;

#[route("")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
