//! Events without a known shape, batches without records, and members that typed events lack.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::records::ran;
use super::*;

#[derive(Deserialize)]
struct Wide {
    amount: u128,
    exact: Option<Box<RawValue>>,
}

#[lambda_function]
async fn wide(payload: Wide) -> Value {
    json!({"amount": payload.amount.to_string(), "exact": payload.exact.map(|exact| exact.get().to_owned())})
}

#[lambda_function(middleware = [changed_amount])]
async fn wide_behind_middleware(payload: Wide) -> String {
    payload.amount.to_string()
}

async fn changed_amount(mut event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    if event.event["change"] == true {
        event.event["amount"] = json!(7);
    }
    next.run(event).await
}

#[on_sqs_message("originals", batch_size = 10)]
async fn originals(record: SqsRecord, log: State<Log>) -> Result<()> {
    let original: Value = serde_json::from_str(record.original().get())?;
    log.add(format!(
        "{} {} {:?} {:?}",
        original["awsRegion"],
        record.receive_count(),
        record.attribute("trace"),
        record.group_id()
    ));
    Ok(())
}

#[on_kinesis_record("piped")]
async fn piped(record: KinesisRecord, log: State<Log>) -> Result<()> {
    let original: Value = serde_json::from_str(record.original().get())?;
    log.add(format!("{} {}", String::from_utf8_lossy(&record.data), original["eventID"]));
    Ok(())
}

#[on_kinesis_record("windowed")]
async fn windowed(event: KinesisEvent) -> Value {
    json!({"records": event.records.len(), "whole": event.original().get().contains("window")})
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/expiring/stream/2026-01-01T00:00:00.000")]
async fn expired(record: DynamoDbRecord, log: State<Log>) {
    log.add(record.user_identity().map_or("a user".to_owned(), |who| who["principalId"].to_string()));
}

#[tokio::test]
async fn a_payload_is_read_from_its_bytes_as_long_as_nobody_changes_it() {
    let client = TestClient::new(base());
    let payload: Box<RawValue> = serde_json::from_str(
        r#"{"amount":340282366920938463463374607431768211455,"exact":{"b":1.50,"a":2}}"#,
    )
    .unwrap();
    let answer = client.invoke("wide", &payload).await.unwrap();
    assert_eq!(
        answer,
        json!({"amount": "340282366920938463463374607431768211455", "exact": r#"{"b":1.50,"a":2}"#})
    );
    let answer = client.invoke("wide_behind_middleware", &payload).await.unwrap();
    assert_eq!(answer, json!("340282366920938463463374607431768211455"));
    let answer =
        client.invoke("wide_behind_middleware", &json!({"amount": 1, "change": true})).await.unwrap();
    assert_eq!(answer, json!("7"));
}

#[tokio::test]
async fn records_keep_what_their_fields_leave_out() {
    let client = TestClient::new(base());
    let mut event: Value = events::sqs("originals", ["a"]).attribute("trace", "t-1").into();
    event["Records"][0]["awsRegion"] = json!("eu-west-3");
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = json!("3");
    event["Records"][0]["attributes"]["MessageGroupId"] = json!("g");
    client.send(event).await.unwrap();
    assert_eq!(ran(&client).await, [r#""eu-west-3" 3 Some("t-1") Some("g")"#]);
}

#[tokio::test]
async fn an_item_that_has_expired_says_so() {
    let client = TestClient::new(base());
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/expiring/stream/2026-01-01T00:00:00.000";
    let record = |identity: Value| {
        json!({
            "eventName": "REMOVE", "eventSource": "aws:dynamodb", "eventSourceARN": arn, "userIdentity": identity,
            "dynamodb": {"Keys": {"id": {"S": "1"}}, "SequenceNumber": "1"},
        })
    };
    let service = json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
    client.send(json!({"Records": [record(service), record(Value::Null)]})).await.unwrap();
    assert_eq!(ran(&client).await, [r#""dynamodb.amazonaws.com""#, "a user"]);
}

#[tokio::test]
async fn a_batch_without_records_finds_its_handler_by_the_arn_beside_them() {
    let client = TestClient::new(base());
    let event = json!({
        "Records": [], "window": {"start": "2026-01-01T00:00:00Z", "end": "2026-01-01T00:02:00Z"}, "state": {"sum": 5},
        "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/windowed", "isFinalInvokeForWindow": true,
    });
    assert_eq!(client.send(event).await.unwrap(), json!({"records": 0, "whole": true}));
}

#[tokio::test]
async fn a_bare_list_of_records_reaches_the_handler_that_is_named() {
    let client = TestClient::new(base());
    let record = json!({
        "eventSource": "aws:kinesis", "eventID": "shardId-0:1", "data": "YQ==", "sequenceNumber": "1", "partitionKey": "p",
        "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/piped",
    });
    let answer = client.invoke("piped", &json!([record])).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": []}));
    assert_eq!(ran(&client).await, [r#"a "shardId-0:1""#]);
}
