use chalice_rt::prelude::*;

#[derive(Default)]
struct Users;

#[controller("/users")]
impl Users {
    #[get("/")]
    async fn all(self) -> &'static str {
        "OK"
    }
}

fn main() {}
