//! Handlers of single records, and what a batch answers.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Job {
    id: u64,
}

fn act(log: &Log, word: &str) -> Result<()> {
    log.add(word);
    match word {
        "bad" => Err(ConflictError::new("bad job").into()),
        "panic" => panic!("panicked on purpose"),
        _ => Ok(()),
    }
}

#[on_sqs_message("standard", batch_size = 10)]
async fn standard(record: SqsRecord, log: State<Log>) -> Result<()> {
    act(&log, &record.body)
}

#[on_sqs_message("blocking", batch_size = 10)]
fn blocking_records(record: SqsRecord, log: State<Log>) -> Result<()> {
    act(&log, &record.body)
}

#[on_sqs_message("orders.fifo", batch_size = 10)]
async fn fifo(record: SqsRecord, log: State<Log>) -> Result<()> {
    act(&log, &record.body)
}

#[on_sqs_message("whole-or-nothing", batch_size = 10, partial_failures = false)]
async fn strict(record: SqsRecord, log: State<Log>) -> Result<()> {
    act(&log, &record.body)
}

#[on_sqs_message("parsed", batch_size = 10)]
async fn parsed(message: SqsMessage<Job>, log: State<Log>, context: Context) -> Result<(), String> {
    log.add(format!("{} {}", message.body.id, message.record.message_id.is_empty()));
    if context.request_id.is_empty() { Err("no context".to_owned()) } else { Ok(()) }
}

#[on_kinesis_record("clicks")]
async fn clicks(record: KinesisRecord, log: State<Log>) -> Result<()> {
    act(&log, std::str::from_utf8(&record.data)?)
}

#[on_kinesis_record("jobs")]
async fn kinesis_jobs(message: KinesisMessage<Job>, log: State<Log>) {
    log.add(message.body.id.to_string());
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000")]
async fn changes(record: DynamoDbRecord, log: State<Log>) -> Result<()> {
    log.add(record.event_name.clone());
    if record.event_name == "REMOVE" { Err("removed".into()) } else { Ok(()) }
}

#[on_sns_message("parsed")]
async fn sns_parsed(message: SnsMessage<Job>) -> Value {
    json!(message.body.id)
}

fn ids(answer: &Value) -> Vec<String> {
    let failures = answer["batchItemFailures"].as_array().expect("a list");
    failures.iter().map(|failure| failure["itemIdentifier"].as_str().expect("an id").to_owned()).collect()
}

async fn messages(event: &Value, answer: &Value) -> Vec<usize> {
    let records = event["Records"].as_array().unwrap();
    ids(answer)
        .iter()
        .map(|id| records.iter().position(|record| record["messageId"] == **id).unwrap())
        .collect()
}

pub(super) async fn ran(client: &TestClient) -> Vec<String> {
    client
        .invoke("log", &Value::Null)
        .await
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

#[lambda_function]
async fn log(_event: Value, log: State<Log>) -> Vec<String> {
    std::mem::take(&mut *log.0.0.lock().unwrap())
}

#[tokio::test]
async fn a_standard_queue_carries_on() {
    let client = TestClient::new(base());
    for queue in ["standard", "blocking"] {
        let event: Value = events::sqs(queue, ["a", "bad", "b", "panic", "c"]).into();
        let answer = client.send(event.clone()).await.unwrap();
        assert_eq!(messages(&event, &answer).await, [1, 3], "{queue}");
        assert_eq!(ran(&client).await, ["a", "bad", "b", "panic", "c"]);
    }
    let answer = client.send(events::sqs("standard", ["a"])).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": []}));
    let error = client.send(events::sqs("standard", ["bad", "panic"])).await.unwrap_err();
    assert_eq!((error.error_type.as_str(), error.error_message.as_str()), ("ConflictError", "bad job"));
    let error = client.send(events::sqs("standard", ["panic", "bad"])).await.unwrap_err();
    assert_eq!(error.error_type, "Panic");
    assert_eq!(client.send(events::sqs("standard", ["a"])).await.unwrap(), json!({"batchItemFailures": []}));
}

#[tokio::test]
async fn a_fifo_queue_stops_in_the_group() {
    let client = TestClient::new(base());
    let event: Value =
        events::sqs("orders.fifo", ["a1", "bad", "b1", "a2", "b2"]).groups(["a", "a", "b", "a", "b"]).into();
    let answer = client.send(event.clone()).await.unwrap();
    assert_eq!(messages(&event, &answer).await, [1, 3]);
    assert_eq!(ran(&client).await, ["a1", "bad", "b1", "b2"]);
    let event = events::sqs("orders.fifo", ["bad", "a2"]).groups(["a", "a"]);
    assert_eq!(client.send(event).await.unwrap_err().error_type, "ConflictError");
    assert_eq!(ran(&client).await, ["bad"]);
}

#[tokio::test]
async fn any_failure_fails_what_is_not_partial() {
    let client = TestClient::new(base());
    let error = client.send(events::sqs("whole-or-nothing", ["a", "bad", "b"])).await.unwrap_err();
    assert_eq!(error.error_type, "ConflictError");
    assert_eq!(
        client.send(events::sqs("whole-or-nothing", ["a"])).await.unwrap(),
        json!({"batchItemFailures": []})
    );
}

#[tokio::test]
async fn streams_stop_at_the_first_failure() {
    let client = TestClient::new(base());
    let event: Value = events::kinesis("clicks", ["a", "bad", "b"]).into();
    let answer = client.send(event.clone()).await.unwrap();
    let numbers: Vec<&str> = event["Records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["kinesis"]["sequenceNumber"].as_str().unwrap())
        .collect();
    assert_eq!(ids(&answer).first().map(String::as_str), Some(numbers[1]));
    assert!(!ids(&answer).contains(&numbers[0].to_owned()));
    assert_eq!(ran(&client).await, ["a", "bad"]);
    assert_eq!(client.send(events::kinesis("clicks", ["panic", "a"])).await.unwrap_err().error_type, "Panic");
    let event = events::dynamodb(
        "orders",
        [
            events::insert(json!({"id": 1})),
            events::remove(json!({"id": 1})),
            events::insert(json!({"id": 2})),
        ],
    );
    let event: Value = event.into();
    let answer = client.send(event.clone()).await.unwrap();
    assert_eq!(ids(&answer)[0], event["Records"][1]["dynamodb"]["SequenceNumber"].as_str().unwrap());
}

#[tokio::test]
async fn what_does_not_parse_has_failed() {
    let client = TestClient::new(base());
    let event: Value =
        events::sqs("parsed", [r#"{"id":1}"#, "secret", r#"{"id":"secret"}"#, r#"{"id":2}"#]).into();
    let answer = client.send(event.clone()).await.unwrap();
    assert_eq!(messages(&event, &answer).await, [1, 2]);
    assert_eq!(ran(&client).await, ["1 false", "2 false"]);
    let error = client.send(events::sqs("parsed", ["secret"])).await.unwrap_err();
    assert!(!error.error_message.contains("secret"), "{error:?}");
    let answer = client.send(events::kinesis("jobs", [r#"{"id":1}"#, "x", r#"{"id":2}"#])).await.unwrap();
    assert!(!ids(&answer).is_empty());
    assert_eq!(ran(&client).await, ["1"]);
    assert_eq!(client.send(events::sns("parsed", json!({"id": 3}))).await.unwrap(), json!(3));
    assert!(client.send(events::sns("parsed", "x")).await.is_err());
}

#[tokio::test]
async fn a_batch_without_records_calls_no_handler_of_single_ones() {
    let client = TestClient::new(base());
    for name in ["standard", "clicks", "changes"] {
        let answer = client.invoke(name, &json!({"Records": []})).await.unwrap();
        assert_eq!(answer, json!({"batchItemFailures": []}), "{name}");
    }
    assert_eq!(client.invoke("whole_batch", &json!({"Records": []})).await.unwrap(), json!(0));
    for name in ["topic", "created"] {
        let error = client.invoke(name, &json!({"Records": []})).await.unwrap_err();
        assert!(error.error_message.contains("Records"), "{error:?}");
    }
    assert!(ran(&client).await.is_empty());
}

#[tokio::test]
async fn middleware_sees_the_answer_of_the_batch() {
    let see = async |event: SqsEvent, next: Next<SqsEvent>| {
        let total = event.records.len();
        match next.run(event).await {
            Ok(answer) => Ok(json!({"total": total, "saw": answer})),
            Err(error) => Ok(json!({"total": total, "err": error.to_string()})),
        }
    };
    let client = TestClient::new(base().register_middleware(see, Sqs));
    let answer = client.send(events::sqs("standard", ["a", "bad"])).await.unwrap();
    assert_eq!((&answer["total"], ids(&answer["saw"]).len()), (&json!(2), 1));
    let answer = client.send(events::sqs("standard", ["bad"])).await.unwrap();
    assert_eq!(answer, json!({"total": 1, "err": "bad job"}));
}

#[tokio::test]
async fn a_middleware_may_change_the_batch() {
    let change = async |mut event: SqsEvent, next: Next<SqsEvent>| {
        event.records.retain(|record| record.body != "bad");
        let mut more = SqsRecord::default();
        more.body = "added".to_owned();
        event.records.push(more);
        for record in &mut event {
            record.body.push('!');
        }
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(change, Sqs));
    assert_eq!(
        client.send(events::sqs("standard", ["a", "bad"])).await.unwrap(),
        json!({"batchItemFailures": []})
    );
    assert_eq!(ran(&client).await, ["a!", "added!"]);
}

#[tokio::test]
async fn ten_thousand_records() {
    let client = TestClient::new(base());
    let event = events::sqs("standard", (0..10_000).map(|n| if n == 5_000 { "bad" } else { "x" }));
    assert_eq!(ids(&client.send(event).await.unwrap()).len(), 1);
    assert_eq!(
        client.send(events::sqs("whole", (0..10_000).map(|n| n.to_string()))).await.unwrap(),
        json!(10_000)
    );
}
