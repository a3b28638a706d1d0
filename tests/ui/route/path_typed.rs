use chalice_rt::prelude::*;

#[route("/users/{id:int}")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
