use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

#[route("/", middleware = [mark])]
async fn users() -> &'static str {
    "OK"
}

fn main() {}
