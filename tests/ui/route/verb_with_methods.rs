use chalice_rt::prelude::*;

#[get("/", methods = ["POST"])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
