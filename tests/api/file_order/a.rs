//! Middleware in a file of its own.

use chalice_rt::prelude::*;

#[middleware("http")]
async fn of_a(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

#[middleware("http", order = 7)]
async fn late_of_a(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}
