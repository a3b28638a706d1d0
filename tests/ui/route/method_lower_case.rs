use chalice_rt::prelude::*;

#[route("/", methods = ["get"])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
