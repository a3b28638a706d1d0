use chalice_rt::prelude::*;

struct User;

#[route("/")]
async fn user(_user: Json<User>) -> &'static str {
    "OK"
}

fn main() {}
