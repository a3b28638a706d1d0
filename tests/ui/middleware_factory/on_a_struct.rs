use chalice_rt::prelude::*;

#[middleware_factory]
struct Mark;

fn main() {}
