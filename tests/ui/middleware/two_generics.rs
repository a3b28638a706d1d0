use chalice_rt::prelude::*;

#[middleware("all")]
async fn look<E: Event, T>(request: E, next: Next<E>) -> Result<E::Response> {
    next.run(request).await
}

fn main() {}
