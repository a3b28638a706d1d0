use chalice_rt::prelude::*;

#[middleware("http", order = "first")]
async fn look(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

fn main() {}
