use chalice_rt::prelude::*;

const PATH: &str = "/";

#[route(PATH)]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
