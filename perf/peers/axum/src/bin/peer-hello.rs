//! lambda_http + axum, one route, JSON hello.
use axum::{Json, Router, routing::get};
use lambda_http::{Error, run, tracing};

#[derive(serde::Serialize)]
struct Hello {
    message: &'static str,
}

async fn hello() -> Json<Hello> {
    Json(Hello { message: "hello" })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    run(Router::new().route("/hello", get(hello))).await
}
