use chalice_rt::prelude::*;

#[route("/users/{id}/posts/{post}")]
async fn post(id: u64) -> String {
    id.to_string()
}

fn main() {}
