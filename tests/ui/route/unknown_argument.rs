use chalice_rt::prelude::*;

#[route("/", methodes = ["GET"])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
