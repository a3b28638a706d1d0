use chalice_rt::prelude::*;

#[route("/users/{name}")]
async fn user(nmae: String) -> String {
    nmae
}

fn main() {}
