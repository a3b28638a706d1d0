use chalice_rt::prelude::*;

#[blueprint("/users/")]
mod users {}

fn main() {}
