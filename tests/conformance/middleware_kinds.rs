//! Which middleware runs for which kind of event: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::{Differences, trace};

mod harness;

#[middleware_factory]
async fn middleware<E: Event>(event: E, next: Next<E>, kind: &str) -> Result<E::Response> {
    trace(kind);
    next.run(event).await
}

#[route("/")]
async fn index() -> Value {
    json!({"ran": "index"})
}

#[on_s3_event("uploads")]
async fn on_upload(_event: S3Event) -> Value {
    json!({"ran": "on_upload"})
}

#[on_sns_message("orders")]
async fn on_order(_event: SnsEvent) -> Value {
    json!({"ran": "on_order"})
}

#[on_sqs_message("jobs")]
async fn on_job(_event: SqsEvent) -> Value {
    json!({"ran": "on_job"})
}

#[on_cw_event({"source": ["aws.ec2"]})]
async fn on_instance(_event: CloudWatchEvent) -> Value {
    json!({"ran": "on_instance"})
}

#[schedule("rate(5 minutes)")]
async fn every_five(_event: CloudWatchEvent) -> Value {
    json!({"ran": "every_five"})
}

#[on_kinesis_record("clicks")]
async fn on_click(_event: KinesisEvent) -> Value {
    json!({"ran": "on_click"})
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026-11-21T00:00:00.000")]
async fn on_change(_event: DynamoDbEvent) -> Value {
    json!({"ran": "on_change"})
}

#[on_ws_connect]
async fn on_connect(_event: WebsocketEvent) {
    trace("on_connect");
}

#[on_ws_message]
async fn on_message(_event: WebsocketEvent) {
    trace("on_message");
}

#[on_ws_disconnect]
async fn on_disconnect(_event: WebsocketEvent) {
    trace("on_disconnect");
}

#[lambda_function]
async fn work(_event: Value) -> Value {
    json!({"ran": "work"})
}

#[test]
fn middleware_kinds() {
    let app = app!("middleware-kinds")
        .register_middleware(middleware("all"), All)
        .register_middleware(middleware("s3"), S3)
        .register_middleware(middleware("sns"), Sns)
        .register_middleware(middleware("sqs"), Sqs)
        .register_middleware(middleware("cloudwatch"), CloudWatch)
        .register_middleware(middleware("scheduled"), Scheduled)
        .register_middleware(middleware("websocket"), Websocket)
        .register_middleware(middleware("http"), Http)
        .register_middleware(middleware("pure_lambda"), PureLambda)
        .register_middleware(middleware("kinesis"), Kinesis)
        .register_middleware(middleware("dynamodb"), DynamoDb);
    // Authorizers are not served yet.
    let differences = Differences { without: &["authorizer: none at all"], ..Differences::default() };
    harness::check_with("middleware_kinds", app, &differences);
}
