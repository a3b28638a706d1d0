use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark<'a>(request: Request, next: Next<Request>, _word: &'a str) -> Result<Response> {
    next.run(request).await
}

fn main() {}
