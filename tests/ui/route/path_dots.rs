use chalice_rt::prelude::*;

#[route("/users/../all")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
