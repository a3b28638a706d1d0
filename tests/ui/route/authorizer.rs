use chalice_rt::prelude::*;

#[route("/", authorizer = check, api_key_required = true)]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
