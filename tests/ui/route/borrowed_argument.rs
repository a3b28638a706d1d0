use chalice_rt::prelude::*;

#[route("/{name}")]
async fn user(name: &str) -> String {
    name.to_owned()
}

fn main() {}
