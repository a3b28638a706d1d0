//! lambda_http + axum, 100 routes (half static, half with a parameter) and 3 middleware layers.
use axum::{
    Json, Router,
    extract::{Path, Request},
    http::{HeaderValue, StatusCode},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use lambda_http::{Error, run, tracing};
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(serde::Serialize)]
struct Out {
    id: String,
    route: usize,
}

static SEEN: AtomicU64 = AtomicU64::new(0);

async fn count(req: Request, next: Next) -> Response {
    SEEN.fetch_add(1 + req.uri().path().len() as u64, Ordering::Relaxed);
    next.run(req).await
}

async fn need_key(req: Request, next: Next) -> Response {
    match req.headers().get("x-api-key") {
        Some(k) if k == "secret" => next.run(req).await,
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn add_header(req: Request, next: Next) -> Response {
    let mut res = next.run(req).await;
    res.headers_mut().insert("x-served-by", HeaderValue::from_static("perf"));
    res
}

fn app() -> Router {
    let mut r = Router::new();
    for i in 0..100 {
        r = if i % 2 == 0 {
            r.route(
                &format!("/static/r{i}"),
                get(move || async move { Json(Out { id: String::new(), route: i }) }),
            )
        } else {
            r.route(
                &format!("/users/{{id}}/r{i}"),
                get(move |Path(id): Path<String>| async move { Json(Out { id, route: i }) }),
            )
        };
    }
    r.layer(from_fn(add_header)).layer(from_fn(need_key)).layer(from_fn(count))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    run(app()).await
}
