use chalice_rt::prelude::*;

struct User;

#[route("/")]
async fn user() -> User {
    User
}

fn main() {}
