use chalice_rt::prelude::*;

#[route("/", name = "my handler")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
