use chalice_rt::prelude::*;

#[middleware(kind = ["http", "snss"])]
async fn look<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

fn main() {}
