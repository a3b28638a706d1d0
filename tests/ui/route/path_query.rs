use chalice_rt::prelude::*;

#[route("/users?all=1")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
