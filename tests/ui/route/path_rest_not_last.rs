use chalice_rt::prelude::*;

#[route("/{rest+}/x")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
