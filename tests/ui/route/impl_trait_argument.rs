use chalice_rt::prelude::*;

#[route("/")]
async fn users(name: impl ToString) -> String {
    name.to_string()
}

fn main() {}
