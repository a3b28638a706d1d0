use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(request: Request, next: Next<Request>, _write: &dyn Send) -> Result<Response> {
    next.run(request).await
}

fn main() {}
