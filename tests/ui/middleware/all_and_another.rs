use chalice_rt::prelude::*;

#[middleware("all", "http")]
async fn look<E: Event>(request: E, next: Next<E>) -> Result<E::Response> {
    next.run(request).await
}

fn main() {}
