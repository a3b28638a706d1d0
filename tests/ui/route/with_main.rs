use chalice_rt::prelude::*;

#[get("/")]
#[tokio::main]
async fn index() -> &'static str {
    "OK"
}

fn main() {}
