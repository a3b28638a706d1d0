use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>, _id: u32) -> Result<Response> {
    next.run(request).await
}

fn main() {}
