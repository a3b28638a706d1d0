use chalice_rt::prelude::*;

#[middleware("http")]
struct Look;

fn main() {}
