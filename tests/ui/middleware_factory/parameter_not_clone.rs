use chalice_rt::prelude::*;

struct NotClone;

#[middleware_factory]
async fn mark(request: Request, next: Next<Request>, _shared: NotClone) -> Result<Response> {
    next.run(request).await
}

fn main() {}
