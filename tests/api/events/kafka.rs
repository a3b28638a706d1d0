//! Kafka: batches of records by partition, whole or one by one.

use serde::Deserialize;

use super::records::ran;
use super::*;

#[derive(Deserialize)]
struct Click {
    page: String,
}

/// The event's JSON as a type of the user's own.
#[derive(Deserialize)]
struct Partitions {
    records: std::collections::BTreeMap<String, Vec<Value>>,
}

#[on_kafka_record("clicks")]
async fn kafka_clicks(message: KafkaMessage<Click>, log: State<Log>) -> Result<()> {
    let key = message.key.unwrap_or_default();
    let trace = message.headers.get("trace").unwrap_or("-").to_owned();
    log.add(format!(
        "{}-{}:{} {key} {} {trace}",
        message.topic, message.partition, message.offset, message.body.page
    ));
    if message.body.page == "/bad" { Err("bad page".into()) } else { Ok(()) }
}

#[on_kafka_record("texts")]
fn kafka_texts(message: KafkaMessage<Option<String>>, log: State<Log>) {
    log.add(format!("{:?}", message.body));
}

#[on_kafka_record("whole")]
async fn kafka_whole(event: TriggerEvent) -> Result<Value> {
    let payload: Value = event.payload()?;
    Ok(json!({"kind": event.kind().name(), "source": event.source(), "from": payload["eventSource"]}))
}

#[on_kafka_record("typed")]
async fn kafka_typed(batch: Partitions, context: Context) -> Value {
    json!([
        batch.records.keys().collect::<Vec<_>>(),
        batch.records.values().map(Vec::len).sum::<usize>(),
        context.request_id
    ])
}

/// A middleware sees the batch, and may change what the handler reads.
#[middleware("kafka")]
async fn redirect(mut event: TriggerEvent, next: Next<TriggerEvent>) -> Result<Value> {
    if event.payload_mut()["rewritten"] == true {
        event.payload_mut()["records"]["clicks-0"][0]["value"] = json!("eyJwYWdlIjoiL25ldyJ9");
    }
    next.run(event).await
}

/// As AWS documents an event of Amazon MSK.
fn msk(records: Value) -> Value {
    json!({
        "eventSource": "aws:kafka",
        "eventSourceArn": "arn:aws:kafka:us-east-1:123456789012:cluster/demo/751d2973-a626-431c-9d4e-d7975eb44dd7-2",
        "bootstrapServers": "b-1.demo.kafka.us-east-1.amazonaws.com:9092",
        "records": records,
    })
}

fn record(topic: &str, partition: u32, offset: u32, value: Value) -> Value {
    json!({
        "topic": topic, "partition": partition, "offset": offset, "timestamp": 1545084650987_u64,
        "timestampType": "CREATE_TIME", "key": "dXNlci0x", "value": value,
        "headers": [{"trace": [97, 98]}, {"trace": [-61, -92]}],
    })
}

/// `{"page":"/"}` and `{"page":"/bad"}`, as Kafka's values arrive.
const GOOD: &str = "eyJwYWdlIjoiLyJ9";
const BAD: &str = "eyJwYWdlIjoiL2JhZCJ9";

#[tokio::test]
async fn each_record_runs_alone_and_a_failure_ends_its_partition() {
    let client = TestClient::new(base());
    let event = msk(json!({
        "clicks-0": [record("clicks", 0, 15, json!(GOOD)), record("clicks", 0, 16, json!(BAD)), record("clicks", 0, 17, json!(GOOD))],
        "clicks-1": [record("clicks", 1, 4, json!(GOOD))],
    }));
    let answer = client.send(event).await.unwrap();
    let failed = |offset: u32| json!({"itemIdentifier": {"partition": "clicks-0", "offset": offset}});
    assert_eq!(answer, json!({"batchItemFailures": [failed(16), failed(17)]}));
}

#[tokio::test]
async fn a_message_has_key_headers_and_place() {
    let seen = logged(msk(json!({"clicks-3": [record("clicks", 3, 9, json!(GOOD))]}))).await;
    assert_eq!(seen, ["clicks-3:9 user-1 / ä"]);
}

#[tokio::test]
async fn a_value_that_is_no_json_is_text_and_no_value_is_null() {
    let event = msk(
        json!({"texts-0": [record("texts", 0, 1, json!("cGxhaW4=")), record("texts", 0, 2, Value::Null)]}),
    );
    assert_eq!(logged(event).await, [r#"Some("plain")"#, "None"]);
}

#[tokio::test]
async fn the_topic_finds_the_handler_for_the_whole_event_and_for_a_type_of_ones_own() {
    let client = TestClient::new(base());
    let mut own_cluster = msk(json!({"whole-7": []}));
    own_cluster["eventSource"] = json!("SelfManagedKafka");
    let answer = client.send(own_cluster).await.unwrap();
    assert_eq!(answer, json!({"kind": "kafka", "source": "whole", "from": "SelfManagedKafka"}));
    let answer = client
        .send(msk(json!({"typed-0": [record("typed", 0, 1, json!(GOOD))], "typed-1": []})))
        .await
        .unwrap();
    assert_eq!(answer[0], json!(["typed-0", "typed-1"]));
    assert_eq!(answer[1], json!(1));
    let error = client.send(msk(json!({"nobody-s-0": []}))).await.unwrap_err();
    let expected = "a Kafka batch of topic `nobody-s` arrived, and no handler takes it";
    assert!(error.error_message.starts_with(expected), "{}", error.error_message);
}

#[tokio::test]
async fn what_a_middleware_changes_is_what_the_records_are_read_from() {
    let mut event = msk(json!({"clicks-0": [record("clicks", 0, 1, json!(GOOD))]}));
    event["rewritten"] = json!(true);
    assert_eq!(logged(event).await, ["clicks-0:1 user-1 /new ä"]);
}

#[tokio::test]
async fn what_does_not_fit_is_named_without_its_value() {
    let client = TestClient::new(base());
    let error =
        client.send(msk(json!({"clicks-0": [record("clicks", 0, 1, json!("secret!"))]}))).await.unwrap_err();
    assert_eq!(error.error_message, "this is no Kafka event: `value`: it is not base64");
    let error = client.send(msk(json!({"typed-0": "secret"}))).await.unwrap_err();
    assert!(error.error_message.contains("records.typed-0"), "{}", error.error_message);
    assert!(!error.error_message.contains("secret"), "{}", error.error_message);
}

/// What the handlers log of an event that none of them fails.
async fn logged(event: Value) -> Vec<String> {
    let client = TestClient::new(base());
    assert_eq!(client.send(event).await.unwrap(), json!({"batchItemFailures": []}));
    ran(&client).await
}
