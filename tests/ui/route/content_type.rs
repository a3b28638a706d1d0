use chalice_rt::prelude::*;

#[route("/", content_types = ["json"])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
