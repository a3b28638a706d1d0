use chalice_rt::prelude::*;

#[route("/")]
async unsafe fn users() -> &'static str {
    "OK"
}

fn main() {}
