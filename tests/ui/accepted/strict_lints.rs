//! Generated code is clean under the lints that users forbid.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    rust_2018_idioms
)]
#![deny(clippy::all, clippy::pedantic)]
// What these find is in the functions below as they are written.
#![allow(
    clippy::let_underscore_future,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::too_many_arguments,
    clippy::unused_async
)]

use chalice_rt::prelude::*;

/// State.
#[derive(Debug, Default)]
pub struct Db;

/// Looks.
#[middleware("all")]
pub async fn look<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

/// Looks, and blocks.
#[middleware("http", order = -1, exclude = ["/health", "GET /users/{id}", user], trace_execution = false)]
pub fn look_on(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
}

/// Looks at everything.
#[middleware("http", "sns")]
pub async fn look_at_any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    next.run(event).await
}

/// A type.
#[derive(Debug, Default)]
pub struct Look;

#[middleware("http")]
impl Middleware<Request> for Look {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

/// Parameters of all sorts.
#[middleware_factory(trace_execution)]
pub async fn mark<E: Event, T: Clone + Send + Sync + 'static>(
    event: E,
    next: Next<E>,
    word: &str,
    list: &[u8],
    db: &Db,
    value: T,
    fixed: &'static [&'static str],
    mut count: u32,
) -> Result<E::Response> {
    count += 1;
    let _ = (word.len(), list.len(), db, value, fixed, count);
    next.run(event).await
}

/// Blocks.
#[middleware_factory]
pub fn halt(request: Request, next: Next<Request>, word: &str, db: &Db, count: u32) -> Result<Response> {
    let _ = (word.len(), db, count);
    next.run_blocking(request)
}

/// No parameters.
#[middleware_factory]
pub async fn plain<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

/// A user.
#[route(
    "/users/{id}",
    methods = ["GET", "DELETE"],
    middleware = [mark("word", [1, 2], Db, 1_u8, &["x"], 1), halt(String::from("x"), Db, 2), plain(), look_fn],
    skip = [look, "look_on"],
)]
pub async fn user(id: u64, State(_db): State<Db>, _name: Option<Extension<String>>) -> Result<Json<u64>> {
    Ok(Json(id))
}

async fn look_fn(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

/// Several routes on one function.
#[get("/", name = "home")]
#[post(path = "/", content_types = ["*/*"])]
#[cfg(not(any()))]
pub fn index(_request: Request) -> &'static str {
    "OK"
}

/// Not there.
#[get("/nowhere")]
#[cfg(any())]
pub fn nowhere(_: Nothing) {}

/// A function.
#[lambda_function]
pub async fn resize(_job: Value, _context: Context) -> std::io::Result<u8> {
    Ok(1)
}

/// Each kind.
#[on_sns_message(topic = "topic")]
pub async fn sns(_event: SnsEvent, _db: State<Db>) {}

/// Each kind.
#[on_sqs_message("orders", batch_size = 10, maximum_concurrency = 2, partial_failures = false)]
pub async fn sqs(_order: SqsMessage<Value>) -> Result<()> {
    Ok(())
}

/// Each kind.
#[on_sqs_message(queue_arn = "arn:aws:sqs:eu-central-1:123456789012:orders")]
pub fn sqs_batch(_event: SqsEvent) {}

/// Each kind.
#[on_s3_event("uploads", events = ["s3:ObjectCreated:*"], prefix = "in/", suffix = ".jpg")]
pub async fn s3(_event: S3Event) {}

/// Each kind.
#[on_cw_event({"source": ["aws.ec2"], "detail": {"x": [null, true, -1.5, {"numeric": [">", 5]}]}})]
pub async fn cloudwatch(_event: CloudWatchEvent) {}

/// Each kind.
#[schedule("rate(1 minute)", rule = "tick", description = "often")]
pub async fn tick() {}

/// Each kind.
#[on_kinesis_record("clicks", starting_position = "TRIM_HORIZON")]
pub async fn kinesis(_record: KinesisRecord) -> Result<()> {
    Ok(())
}

/// Each kind.
#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026")]
pub async fn dynamodb(_event: DynamoDbEvent) {}

/// Each kind.
#[on_ws_connect]
pub async fn connected(_event: WebsocketEvent) {}

/// Each kind.
#[on_ws_message]
pub async fn said(event: WebsocketEvent) -> Result<String> {
    Ok(event.body)
}

/// Each kind.
#[on_ws_disconnect]
pub fn left() {}

/// An error.
#[view_error(418)]
#[derive(Debug)]
pub struct Teapot;

impl std::fmt::Display for Teapot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("short and stout")
    }
}

impl std::error::Error for Teapot {}

fn main() {
    let _ = index;
    let _ = tick();
}
