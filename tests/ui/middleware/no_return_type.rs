use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) {
    let _ = next.run(request).await;
}

fn main() {}
