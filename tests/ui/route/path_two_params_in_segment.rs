use chalice_rt::prelude::*;

#[route("/users/{a}{b}")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
