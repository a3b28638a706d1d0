//! The order of middleware: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("all")]
async fn first<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    trace("first in");
    let response = next.run(event).await?;
    trace("first out");
    Ok(response)
}

#[middleware("http")]
async fn second(request: Request, next: Next<Request>) -> Result<Response> {
    trace("second in");
    let response = next.run(request).await?;
    trace(format!("second out {}", response.status().as_u16()));
    Ok(response)
}

#[middleware("sns")]
async fn third(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    trace("third in");
    let response = next.run(event).await?;
    trace("third out");
    Ok(response)
}

#[middleware("all")]
async fn fourth(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    trace("fourth in");
    let response = next.run(event).await?;
    trace("fourth out");
    Ok(response)
}

#[route("/")]
async fn index() -> Value {
    trace("index");
    json!({"hello": "world"})
}

#[route("/missing")]
async fn missing() -> Result<Value, NotFoundError> {
    trace("missing");
    Err(NotFoundError::new("nothing here"))
}

#[lambda_function]
async fn work(event: Value) -> Value {
    trace("work");
    event
}

#[on_sns_message("orders")]
async fn on_order(event: SnsEvent) -> String {
    trace("on_order");
    event.message
}

#[on_sqs_message("jobs")]
async fn on_job(_event: SqsEvent) {
    trace("on_job");
}

#[middleware("http")]
async fn last(request: Request, next: Next<Request>) -> Result<Response> {
    trace("last in");
    let response = next.run(request).await?;
    trace("last out");
    Ok(response)
}

#[middleware("pure_lambda")]
async fn very_last(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    trace("very_last in");
    let response = next.run(event).await?;
    trace("very_last out");
    Ok(response)
}

#[test]
fn middleware_order() {
    harness::check("middleware_order", app!("middleware-order"));
}
