use chalice_rt::prelude::*;

struct Look;

#[middleware("http")]
impl Look {}

fn main() {}
