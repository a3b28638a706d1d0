//! A middleware changes the event or passes another one on: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

/// What `tag` puts into the request.
#[derive(Clone)]
struct User(String);

fn is_on(request: &Request, name: &str) -> bool {
    request.headers().get(name).is_some_and(|value| value == "on")
}

#[middleware("pure_lambda")]
async fn swap_payload(mut event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    if let Some(swap) = event.event.get("swap").cloned() {
        event.event = json!({"swapped": swap});
    }
    next.run(event).await
}

#[middleware("pure_lambda")]
async fn add_to_payload(mut event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    let mut seen: Vec<String> =
        event.event.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    seen.sort();
    event.event["seen"] = json!(seen);
    next.run(event).await
}

#[middleware("pure_lambda")]
async fn twice(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    if event.event.get("twice").is_some() {
        trace("first time");
        next.clone().run(event.clone()).await?;
        trace("second time");
    }
    next.run(event).await
}

#[middleware("sns")]
async fn redact(mut event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    event.message = event.message.replace("secret", "******");
    next.run(event).await
}

#[middleware("sns")]
async fn look(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    trace(format!("inner middleware sees {}", event.message));
    next.run(event).await
}

#[middleware("sqs")]
async fn drop_blank(mut event: SqsEvent, next: Next<SqsEvent>) -> Result<Value> {
    event.records.retain(|record| !record.body.trim().is_empty());
    next.run(event).await
}

#[middleware("s3")]
async fn lower(mut event: S3Event, next: Next<S3Event>) -> Result<Value> {
    event.key = event.key.to_lowercase();
    next.run(event).await
}

#[middleware("cloudwatch")]
async fn unwrap(mut event: CloudWatchEvent, next: Next<CloudWatchEvent>) -> Result<Value> {
    event.detail = json!({"inner": event.detail});
    next.run(event).await
}

#[middleware("http")]
async fn tag(mut request: Request, next: Next<Request>) -> Result<Response> {
    let user = request.headers().get("x-user").and_then(|value| value.to_str().ok()).unwrap_or("nobody");
    let user = User(user.to_owned());
    request.extensions_mut().insert(user);
    next.run(request).await
}

#[middleware("http")]
async fn rewrite(mut request: Request, next: Next<Request>) -> Result<Response> {
    if is_on(&request, "x-rewrite") {
        request.set_body(r#"{"rewritten":true}"#);
    }
    next.run(request).await
}

#[middleware("http")]
async fn retry(request: Request, next: Next<Request>) -> Result<Response> {
    if is_on(&request, "x-retry") {
        next.clone().run(request.clone()).await?;
    }
    next.run(request).await
}

#[lambda_function]
async fn work(event: Value) -> Value {
    trace("work");
    event
}

#[on_sns_message("orders")]
async fn on_order(event: SnsEvent) -> Value {
    json!({"message": event.message, "subject": event.subject})
}

#[on_sqs_message("jobs")]
async fn on_job(event: SqsEvent) -> Vec<String> {
    event.records.into_iter().map(|record| record.body).collect()
}

#[on_s3_event("uploads")]
async fn on_upload(event: S3Event) -> Value {
    json!({"bucket": event.bucket, "key": event.key})
}

#[on_cw_event({"source": ["acme.shop"]})]
async fn on_shop(event: CloudWatchEvent) -> Value {
    event.detail
}

#[route("/who")]
async fn who(user: Extension<User>) -> Value {
    json!({"user": user.0.0})
}

#[route("/echo", methods = ["POST"])]
async fn echo(body: Json<Value>) -> Value {
    trace("echo");
    body.0
}

#[test]
fn event_replacement() {
    harness::check("event_replacement", app!("event-replacement"));
}
