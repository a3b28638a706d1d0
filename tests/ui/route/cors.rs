use chalice_rt::prelude::*;

#[route("/", cors = true)]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
