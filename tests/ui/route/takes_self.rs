use chalice_rt::prelude::*;

struct Users;

impl Users {
    #[get("/")]
    async fn all(&self) -> &'static str {
        "OK"
    }
}

fn main() {}
