use chalice_rt::prelude::*;

#[route("/")]
async fn users() -> &'static str {
    let name = 
    "OK"
}

fn main() {}
