use chalice_rt::prelude::*;

#[controller("/users")]
struct Users;

fn main() {}
