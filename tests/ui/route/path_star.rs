use chalice_rt::prelude::*;

#[route("/files/*")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
