use chalice_rt::prelude::*;

#[derive(Default)]
struct Users;

#[controller("/users")]
impl Clone for Users {
    fn clone(&self) -> Self {
        Users
    }
}

fn main() {}
