use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) -> Result<Response> {
    let _ = next.run(request.clone()).await;
    next.run(request).await
}

fn main() {}
