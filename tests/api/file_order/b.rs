//! Middleware in a file of its own.

use chalice_rt::prelude::*;

#[middleware("http")]
async fn of_b(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}
