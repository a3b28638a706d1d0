use chalice_rt::prelude::*;

#[route("/users/v{id}")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
