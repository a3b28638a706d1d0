use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(event: SnsEvent, next: Next<SnsEvent>, audited: bool) -> Result<Value> {
    let _ = audited;
    next.run(event).await
}

#[route("/", middleware = [mark(true)])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
