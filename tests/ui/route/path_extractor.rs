use chalice_rt::prelude::*;

struct Path<T>(T);

#[get("/users/{id}")]
async fn user(Path(id): Path<u64>) -> String {
    id.to_string()
}

fn main() {}
