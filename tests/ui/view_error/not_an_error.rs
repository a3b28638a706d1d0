use chalice_rt::prelude::*;

#[view_error(418)]
struct Teapot;

fn main() {}
