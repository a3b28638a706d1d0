use chalice_rt::prelude::*;

#[route("/{id}/{id}")]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
