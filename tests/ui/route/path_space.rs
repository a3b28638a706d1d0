use chalice_rt::prelude::*;

#[route("/all users")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
