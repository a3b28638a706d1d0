use chalice_rt::prelude::*;

#[route("/", methods = ["GETT"])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
