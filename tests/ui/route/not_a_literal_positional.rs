use chalice_rt::prelude::*;

const HOME: &str = "/";

#[route(HOME)]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
