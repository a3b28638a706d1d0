use chalice_rt::prelude::*;

#[route("/")]
struct Users;

fn main() {}
