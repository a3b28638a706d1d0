use chalice_rt::prelude::*;

#[route("/", methods = ["GET"], methods = ["POST"])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
