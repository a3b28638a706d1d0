//! 100 routes and three middleware: what `peers/axum/src/bin/peer-routes.rs` does.
#[path = "../routes.rs"]
mod routes;

use chalice_rt::prelude::*;

#[middleware("http")]
async fn count(request: Request, next: Next<Request>) -> Result<Response> {
    routes::seen();
    next.run(request).await
}

#[middleware("http")]
async fn need_key(request: Request, next: Next<Request>) -> Result<Response> {
    match request.headers().get("x-api-key") {
        Some(key) if key == "secret" => next.run(request).await,
        _ => Err(ForbiddenError::new("no key").into()),
    }
}

#[middleware("http")]
async fn add_header(request: Request, next: Next<Request>) -> Result<Response> {
    let response = next.run(request).await?;
    Ok(response.with_header(HeaderName::from_static("x-served-by"), HeaderValue::from_static("perf")))
}

fn main() -> ExitCode {
    app!("routes").run()
}
