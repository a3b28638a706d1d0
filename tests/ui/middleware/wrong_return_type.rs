use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) -> Result<Value> {
    next.run(request).await?.json()
}

fn main() {}
