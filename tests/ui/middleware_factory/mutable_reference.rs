use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(request: Request, next: Next<Request>, _count: &mut u32) -> Result<Response> {
    next.run(request).await
}

fn main() {}
