use chalice_rt::prelude::*;

#[route("/")]
async fn users() -> &'static str {
    let shared = std::rc::Rc::new(1);
    std::future::ready(()).await;
    drop(shared);
    "OK"
}

fn main() {}
