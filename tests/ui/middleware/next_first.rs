use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(next: Next<Request>, request: Request) -> Result<Response> {
    next.run(request).await
}

fn main() {}
