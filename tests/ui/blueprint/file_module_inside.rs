use chalice_rt::prelude::*;

#[blueprint("/users")]
mod users {
    mod inner;
}

fn main() {}
