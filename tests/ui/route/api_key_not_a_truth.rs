use chalice_rt::prelude::*;

#[get("/", api_key_required = "yes")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
