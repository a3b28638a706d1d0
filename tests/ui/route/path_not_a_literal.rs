use chalice_rt::prelude::*;

const PATH: &str = "/";

#[route(path = PATH)]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
