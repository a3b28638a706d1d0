use chalice_rt::prelude::*;

#[route("/users/", methods = ["GETT"], nmae = "x")]
async fn users(&self) -> &'static str {
    "OK"
}

fn main() {}
