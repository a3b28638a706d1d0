use chalice_rt::prelude::*;

#[route("/")]
async fn users<T: Send>(body: Json<T>) -> &'static str {
    drop(body);
    "OK"
}

fn main() {}
