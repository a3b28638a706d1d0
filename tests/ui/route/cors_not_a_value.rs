use chalice_rt::prelude::*;

#[route("/", cors = "https://example.com")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
