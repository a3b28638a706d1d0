use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(request: Request, next: Next<Request>, (_a, _b): (u8, u8)) -> Result<Response> {
    next.run(request).await
}

fn main() {}
