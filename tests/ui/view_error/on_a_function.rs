use chalice_rt::prelude::*;

#[view_error(418)]
fn teapot() {}

fn main() {}
