use chalice_rt::prelude::*;

struct User;

#[route("/")]
async fn user() -> Json<User> {
    Json(User)
}

fn main() {}
