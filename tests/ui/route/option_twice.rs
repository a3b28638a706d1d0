use chalice_rt::prelude::*;

#[route("/", cors = true, cors = Cors::new())]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
