//! Middleware as a user meets it: forms, kinds, order, short circuits, errors, panics, state.

use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;

mod alone;
mod boundaries;
mod errors;
mod forms;
mod passing;

#[derive(Default)]
struct Calls(AtomicUsize);

struct Prefix(String);

fn base() -> App {
    app!("face").manage(Prefix("p".to_owned())).manage(Calls::default())
}

/// Notes in a header that it was there; over the answers of all kinds.
fn noted(name: &str, mut answer: Value) -> Value {
    match answer.as_array_mut() {
        Some(list) => list.push(name.into()),
        None => answer = json!([answer, name]),
    }
    answer
}

// ---- handlers ----

#[get("/ok")]
async fn ok() -> Value {
    json!("ok")
}

#[get("/view")]
async fn view() -> Result<String> {
    Err(ForbiddenError::new("not you").into())
}

#[get("/error")]
async fn error() -> Result<String> {
    Err(std::io::Error::other("disk").into())
}

#[get("/unhandled")]
async fn unhandled() -> Result<String> {
    Err(ChaliceUnhandledError::new("raw").into())
}

#[get("/unhandled/view")]
async fn unhandled_view() -> Result<String> {
    Err(ChaliceUnhandledError::new(NotFoundError::new("raw")).into())
}

#[get("/panic")]
async fn panics() -> String {
    panic!("async secret")
}

#[get("/panic/sync")]
fn panics_sync() -> String {
    panic!("sync {}", "secret")
}

#[get("/status/{code}")]
async fn coded(code: u16) -> Response {
    Response::new("s").with_status(code)
}

#[on_sns_message("topic")]
async fn sns(event: SnsEvent) -> Result<String> {
    let message = event.message;
    match message.as_str() {
        "view" => Err(NotFoundError::new("nothing").into()),
        "error" => Err(std::io::Error::other("disk").into()),
        "panic" => panic!("sns panic"),
        _ => Ok(message),
    }
}

#[on_sns_message("sync")]
fn sns_sync(event: SnsEvent, prefix: State<Prefix>) -> String {
    assert_ne!(event.message, "panic", "sync panic");
    format!("{}{}", prefix.0.0, event.message)
}

#[on_s3_event("bucket")]
async fn s3(event: S3Event) -> String {
    event.key
}

#[schedule("rate(1 hour)")]
async fn tick(event: CloudWatchEvent) -> String {
    event.kind().to_string()
}

#[on_cw_event({"source": ["app"]})]
async fn cw(event: CloudWatchEvent) -> String {
    event.kind().to_string()
}

#[lambda_function]
async fn pure(event: Value) -> Value {
    event
}

#[on_ws_connect]
async fn ws_connect(event: WebsocketEvent) -> Result<String> {
    match event.body.as_str() {
        "handler" => Err(UnauthorizedError::new("who?").into()),
        "error" => Err(std::io::Error::other("disk").into()),
        _ => Ok(event.body),
    }
}

#[on_ws_message]
async fn ws(event: WebsocketEvent) -> Result<String> {
    match event.body.as_str() {
        "view" => Err(NotFoundError::new("ws").into()),
        _ => Ok(event.body),
    }
}

#[on_sqs_message("queue")]
async fn sqs(event: SqsEvent) -> Value {
    json!(event.records.len())
}

#[on_kinesis_record("stream")]
async fn kinesis(event: KinesisEvent) -> usize {
    event.records.len()
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000")]
async fn dynamodb(event: DynamoDbEvent) -> usize {
    event.records.len()
}

// ---- registered by attributes: they only act when a header asks for them ----

#[middleware("http")]
async fn attribute(request: Request, next: Next<Request>) -> Result<Response> {
    let wanted = request.headers().contains_key("x-attribute");
    let response = next.run(request).await?;
    Ok(if wanted { response.append_header("x-trace", "attribute") } else { response })
}

#[middleware("http")]
fn blocking_attribute(request: Request, next: Next<Request>) -> Result<Response> {
    let wanted = request.headers().contains_key("x-attribute");
    let response = next.run_blocking(request)?;
    Ok(if wanted { response.append_header("x-trace", "blocking_attribute") } else { response })
}

#[middleware("sns", "s3")]
async fn two_kinds<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    assert!(matches!(event.kind(), Kind::Sns | Kind::S3));
    next.run(event).await
}

#[derive(Default)]
struct Class;

#[middleware("all", order = -3)]
impl<E: Event> Middleware<E> for Class {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        assert!(!event.context().request_id.is_empty());
        next.run(event).await
    }
}

#[middleware("all")]
async fn over_any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    assert!(event.original().get().len() > 1);
    next.run(event).await
}

#[middleware("cloudwatch", "scheduled")]
async fn both_of_eventbridge(event: CloudWatchEvent, next: Next<CloudWatchEvent>) -> Result<Value> {
    assert!(matches!(event.kind(), Kind::CloudWatch | Kind::Scheduled));
    next.run(event).await
}

#[middleware("kinesis", "dynamodb")]
fn sync_generic<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run_blocking(event)
}

#[middleware("websocket")]
fn sync_over_any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    assert!(matches!(event, AnyEvent::Websocket(_)));
    next.run_blocking(event)
}

#[derive(Default)]
struct OfOneKind;

#[middleware("sqs")]
impl Middleware<SqsEvent> for OfOneKind {
    async fn call(&self, event: SqsEvent, next: Next<SqsEvent>) -> Result<Value> {
        next.run(event).await
    }
}

/// Starts a runtime of its own, as blocking clients do.
#[get("/blocks")]
fn blocks() -> Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(async {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        "blocked".to_owned()
    }))
}

// ---- values for `main` ----

async fn outer(request: Request, next: Next<Request>) -> Result<Response> {
    Ok(next.run(request).await?.append_header("x-trace", "outer"))
}

async fn inner(request: Request, next: Next<Request>) -> Result<Response> {
    Ok(next.run(request).await?.append_header("x-trace", "inner"))
}

async fn any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    let kind = event.kind().to_string();
    let word = match &event {
        AnyEvent::Http(_) => "Http",
        AnyEvent::Websocket(_) => "Websocket",
        AnyEvent::S3(event) => event.bucket.as_str(),
        AnyEvent::Sns(_) => "Sns",
        AnyEvent::Sqs(_) => "Sqs",
        AnyEvent::CloudWatch(_) => "CloudWatch",
        AnyEvent::Scheduled(_) => "Scheduled",
        AnyEvent::Kinesis(_) => "Kinesis",
        AnyEvent::DynamoDb(_) => "DynamoDb",
        AnyEvent::PureLambda(_) => "PureLambda",
        _ => "?",
    }
    .to_owned();
    match next.run(event).await? {
        AnyResponse::Http(response) => Ok(response.with_header("x-any", format!("{kind} {word}")).into()),
        AnyResponse::Json(value) => Ok(noted(&format!("{kind} {word}"), value).into()),
        other => Ok(other),
    }
}

async fn count<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    let calls = next.state::<Calls>()?;
    calls.0.0.fetch_add(1, Ordering::SeqCst);
    next.run(event).await
}

struct Replace(Value);

impl<E: Event> Middleware<E> for Replace {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await?;
        Ok(self.0.clone().into())
    }
}

/// A function URL joins the values of a header.
fn trace(response: &Response) -> Vec<&str> {
    response
        .headers()
        .get("x-trace")
        .map_or(Vec::new(), |value| value.to_str().unwrap().split(", ").collect())
}
