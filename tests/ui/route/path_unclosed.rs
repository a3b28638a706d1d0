use chalice_rt::prelude::*;

#[route("/users/{id")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
