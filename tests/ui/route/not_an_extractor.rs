use chalice_rt::prelude::*;

struct User {
    name: String,
}

#[route("/users/{id}")]
async fn user(id: u64, user: User) -> String {
    format!("{id} {}", user.name)
}

fn main() {}
