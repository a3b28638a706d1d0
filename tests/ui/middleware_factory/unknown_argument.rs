use chalice_rt::prelude::*;

#[middleware_factory("http")]
async fn mark(request: Request, next: Next<Request>, _id: u32) -> Result<Response> {
    next.run(request).await
}

fn main() {}
