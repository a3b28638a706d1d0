//! A middleware changes the response: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("http")]
async fn outermost(request: Request, next: Next<Request>) -> Result<Response> {
    let response = next.run(request).await?;
    trace(format!("outermost saw {}", response.status().as_u16()));
    Ok(response.with_header("X-Outermost", "yes"))
}

#[middleware("http")]
async fn change(request: Request, next: Next<Request>) -> Result<Response> {
    let wish = request.headers().get("x-wish").cloned();
    let response = next.run(request).await?;
    Ok(match wish.as_ref().map_or("", |wish| wish.to_str().unwrap_or_default()) {
        "status" => response.with_status(201),
        "header" => response.with_header("X-Version", "2"),
        "body" => {
            let body: Value = response.json()?;
            response.with_body(json!({"wrapped": body}))
        }
        "replace" => Response::new("I'm a teapot")
            .with_status(418)
            .with_header("Content-Type", "text/plain; charset=utf-8"),
        "soften" if response.status().as_u16() >= 400 => response.with_status(200),
        _ => response,
    })
}

#[middleware("pure_lambda")]
async fn stamp(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    let mut response = next.run(event).await?;
    response["stamped"] = json!(true);
    Ok(response)
}

#[middleware("pure_lambda")]
async fn count(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    let mut response = next.run(event).await?;
    let mut keys: Vec<String> =
        response.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    keys.sort();
    response["keys"] = json!(keys);
    Ok(response)
}

#[middleware("s3")]
async fn left(event: S3Event, next: Next<S3Event>) -> Result<Value> {
    let mut response = next.run(event).await?;
    response["left"] = json!(response.as_object().map(serde_json::Map::len));
    Ok(response)
}

#[middleware("s3")]
async fn right(event: S3Event, next: Next<S3Event>) -> Result<Value> {
    let mut response = next.run(event).await?;
    response["right"] = json!(response.as_object().map(serde_json::Map::len));
    Ok(response)
}

#[middleware("sns")]
async fn instead(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    next.run(event.clone()).await?;
    Ok(json!({"handled": event.message}))
}

#[route("/")]
async fn index() -> Response {
    Response::new(json!({"a": 1})).with_header("X-Version", "1").with_header("X-View", "index")
}

#[route("/fails")]
async fn fails() -> Result<Value> {
    Err("secret".into())
}

#[lambda_function]
async fn work(event: Value) -> Value {
    event
}

#[on_s3_event("uploads")]
async fn on_upload(event: S3Event) -> Value {
    json!({"key": event.key})
}

#[on_sns_message("orders")]
async fn on_order(_event: SnsEvent) {
    trace("on_order");
}

#[test]
fn response_modification() {
    harness::check("response_modification", app!("response-modification"));
}
