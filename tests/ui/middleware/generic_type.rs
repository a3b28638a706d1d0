use chalice_rt::prelude::*;

#[derive(Default)]
struct Look<T>(T);

#[middleware("http")]
impl<T: Send + Sync + 'static> Middleware<Request> for Look<T> {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

fn main() {}
