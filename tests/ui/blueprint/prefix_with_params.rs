use chalice_rt::prelude::*;

#[blueprint("/users/{id}")]
mod users {}

fn main() {}
