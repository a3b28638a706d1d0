use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(event: Request, next: Next<Request>, audited: bool) -> Result<Response> {
    let _ = audited;
    next.run(event).await
}

#[route("/", middleware = [mark])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
