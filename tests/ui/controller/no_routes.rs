use chalice_rt::prelude::*;

#[derive(Default)]
struct Users;

#[controller("/users")]
impl Users {
    fn helper(&self) {}
}

fn main() {}
