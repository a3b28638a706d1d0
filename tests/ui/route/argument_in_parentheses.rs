use chalice_rt::prelude::*;

#[route("/", methods("GET"))]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
