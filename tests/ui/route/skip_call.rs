use chalice_rt::prelude::*;

#[route("/", skip = [log("x")])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
