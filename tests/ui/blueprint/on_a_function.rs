use chalice_rt::prelude::*;

#[blueprint("/users")]
fn users() {}

fn main() {}
