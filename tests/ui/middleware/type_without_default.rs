use chalice_rt::prelude::*;

struct Look;

#[middleware("http")]
impl Middleware<Request> for Look {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

fn main() {}
