use chalice_rt::prelude::*;

#[route("/", methods)]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
