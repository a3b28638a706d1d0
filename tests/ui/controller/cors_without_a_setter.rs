use chalice_rt::prelude::*;

#[derive(Default)]
struct Users;

#[controller("/users", cors = Cors::new().allow_origin(7))]
impl Users {
    #[get("/")]
    async fn all(&self) -> &'static str {
        "OK"
    }
}

fn main() {}
