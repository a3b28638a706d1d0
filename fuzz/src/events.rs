//! Invocations as Lambda sends them, to an app with handlers of every kind.

use chalice_rt::prelude::*;
use tokio::runtime::{Builder, Runtime};

#[middleware("all")]
async fn pass<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

#[route("/{rest+}", methods = ["GET", "POST", "PUT"], content_types = [])]
async fn route(rest: String, request: Request) -> Value {
    let query: Vec<_> = request.query().iter().collect();
    let cookies: Vec<_> = request.cookies().iter().map(|(name, _)| name.to_owned()).collect();
    json!({"rest": rest, "query": query, "cookies": cookies, "body": request.body().len()})
}

#[on_sns_message("t")]
async fn sns(event: SnsEvent) -> String {
    event.message
}

#[on_sqs_message("q", batch_size = 10)]
async fn sqs(record: SqsRecord) -> String {
    record.body
}

#[on_s3_event("b")]
async fn s3(event: S3Event) -> String {
    event.key
}

#[on_cw_event({"source": [{"prefix": ""}]})]
async fn cloudwatch(event: CloudWatchEvent) -> Value {
    event.detail
}

#[schedule("rate(1 day)")]
async fn scheduled(event: CloudWatchEvent) -> String {
    event.time
}

#[on_kinesis_record("s")]
async fn kinesis(record: KinesisRecord) -> usize {
    record.data.len()
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000")]
async fn dynamodb(record: DynamoDbRecord) -> Value {
    record.keys
}

#[on_kafka_record("k")]
async fn kafka(event: TriggerEvent) -> String {
    format!("{event:?}")
}

#[on_ws_message]
async fn websocket(event: WebsocketEvent) -> String {
    event.body
}

#[lambda_function]
async fn function(event: Value) -> Value {
    event
}

const HANDLERS: [&str; 11] = [
    "route",
    "sns",
    "sqs",
    "s3",
    "cloudwatch",
    "scheduled",
    "kinesis",
    "dynamodb",
    "kafka",
    "websocket",
    "function",
];

thread_local! {
    static APP: (Runtime, TestClient) = (
        Builder::new_current_thread().enable_all().build().expect("a runtime"),
        TestClient::new(app!("fuzzed")),
    );
}

/// By its shape and by each handler's name an invocation is answered, or fails with an error that is not a panic.
pub(crate) fn check(input: &[u8]) {
    APP.with(|(runtime, client)| {
        let answer = runtime.block_on(client.send_bytes(input.to_vec(), Context::default()));
        check_that_none_panicked(input, answer.map(|answer| serde_json::from_slice(&answer).expect("JSON")));
        let Ok(event) = serde_json::from_slice::<Value>(input) else { return };
        for name in HANDLERS {
            check_that_none_panicked(input, runtime.block_on(client.invoke(name, &event)));
        }
    });
}

fn check_that_none_panicked(input: &[u8], outcome: Result<Value, InvocationError>) {
    let panicked = match &outcome {
        Ok(answer) => answer["statusCode"] == 500,
        Err(error) => error.error_type.contains("Panic"),
    };
    assert!(!panicked, "{outcome:?} for {}", String::from_utf8_lossy(input));
}
