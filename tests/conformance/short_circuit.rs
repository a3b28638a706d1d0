//! A middleware that answers without calling the rest: as recorded from Chalice 1.34.0.
//!
//! Half of the middleware is sync here, half is not, and they take turns.

#![expect(clippy::needless_pass_by_value, reason = "a handler that is not async owns its arguments too")]

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("http")]
fn outer(request: Request, next: Next<Request>) -> Result<Response> {
    trace("outer in");
    let response = next.run_blocking(request)?;
    trace(format!("outer out {}", response.status().as_u16()));
    Ok(response.with_header("X-Outer", "seen"))
}

#[middleware("http")]
async fn gate(request: Request, next: Next<Request>) -> Result<Response> {
    trace("gate");
    if !request.headers().contains_key("x-token") {
        return Ok(Response::new(json!({"error": "no token"}))
            .with_status(401)
            .with_header("WWW-Authenticate", "Token"));
    }
    next.run(request).await
}

#[middleware("http")]
fn maintenance(request: Request, next: Next<Request>) -> Result<Response> {
    trace("maintenance");
    if request.headers().get("x-maintenance").is_some_and(|value| value == "on") {
        return Ok(Response::new("back soon").with_status(503).with_header("Retry-After", "120"));
    }
    next.run_blocking(request)
}

#[middleware("pure_lambda")]
fn lambda_outer(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    let response = next.run_blocking(event)?;
    trace("lambda_outer saw one");
    Ok(response)
}

#[middleware("pure_lambda")]
async fn cached(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    match event.event["cached"].as_str() {
        Some(key) => Ok(json!({"from": "cache", "key": key})),
        None => next.run(event).await,
    }
}

#[middleware("sns")]
fn drop(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    if event.subject.as_deref() == Some("ignore") {
        trace("dropped");
        return Ok(Value::Null);
    }
    next.run_blocking(event)
}

#[middleware("sqs")]
async fn not_empty(event: SqsEvent, next: Next<SqsEvent>) -> Result<Value> {
    if event.records.is_empty() {
        return Ok(json!({"batchItemFailures": []}));
    }
    next.run(event).await
}

#[middleware("websocket")]
fn not_you(event: WebsocketEvent, next: Next<WebsocketEvent>) -> Result<Response> {
    if event.connection_id == "banned=" {
        return Ok(Response::new("banned").with_status(403));
    }
    next.run_blocking(event)
}

#[route("/", methods = ["GET", "POST"])]
async fn index() -> Value {
    trace("index");
    json!({"hello": "world"})
}

#[lambda_function]
fn work(_event: Value) -> Value {
    trace("work");
    json!({"from": "work"})
}

#[on_sns_message("orders")]
fn on_order(event: SnsEvent) -> Value {
    trace("on_order");
    json!({"order": event.message})
}

#[on_sqs_message("jobs")]
fn on_job(event: SqsEvent) -> Value {
    trace("on_job");
    json!({"jobs": event.iter().map(|record| &record.body).collect::<Vec<_>>()})
}

#[on_ws_connect]
fn on_connect(_event: WebsocketEvent) {
    trace("on_connect");
}

#[test]
fn short_circuit() {
    harness::check("short_circuit", app!("short-circuit"));
}
