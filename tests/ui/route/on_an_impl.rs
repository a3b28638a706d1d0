use chalice_rt::prelude::*;

struct Users;

#[route("/")]
impl Users {}

fn main() {}
