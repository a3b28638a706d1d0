//! Arguments of handlers of events: typed content, state, the context, custom extractors, or none.

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
struct Job {
    id: u64,
}

pub(super) struct Greeting(pub(super) &'static str);

/// An extractor for every kind of event.
struct RequestId(String);

impl<E: Event> FromEvent<E> for RequestId {
    fn from_event(event: &mut E) -> Result<Self> {
        Ok(RequestId(event.context().request_id.clone()))
    }
}

#[on_sns_message("orders")]
async fn order(message: SnsMessage<Job>, greeting: State<Greeting>) -> Value {
    json!({"id": message.body.id, "greeting": greeting.0.0})
}

#[on_sns_message("texts")]
async fn text(event: SnsEvent) -> Value {
    json!({"message": event.message, "subject": event.subject})
}

#[on_sqs_message("with-id", batch_size = 10)]
async fn with_id(message: SqsMessage<Job>, id: RequestId) -> Result<()> {
    if id.0.is_empty() || message.body.id == 0 { Err("no id".into()) } else { Ok(()) }
}

#[on_s3_event("uploads")]
async fn uploaded(event: S3Event) -> Value {
    json!({"bucket": event.bucket, "key": event.key, "size": event.size})
}

#[schedule("rate(5 minutes)", rule = "tick")]
async fn tick(greeting: State<Greeting>) -> &'static str {
    greeting.0.0
}

#[schedule("rate(1 day)", rule = "nothing")]
async fn nothing() {}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026-01-01T00:00:00.000")]
async fn users_changed(event: DynamoDbEvent) -> Value {
    json!(event.iter().map(|record| (&record.event_name, record.table_name())).collect::<Vec<_>>())
}

#[lambda_function]
async fn double(job: Job, context: Context) -> Value {
    json!({"id": job.id * 2, "known": !context.request_id.is_empty()})
}

fn client() -> TestClient {
    TestClient::new(base())
}

#[tokio::test]
async fn a_handler_may_take_its_event_whole() {
    let client = client();
    let answer = client.send(events::sns("texts", "hi").subject("s")).await;
    assert_eq!(answer.ok(), Some(json!({"message": "hi", "subject": "s"})));
    let answer = client.send(events::s3("uploads", "my cat+é.jpg").size(7)).await;
    assert_eq!(answer.ok(), Some(json!({"bucket": "uploads", "key": "my cat+é.jpg", "size": 7})));
    let changes = [events::insert(json!({"id": 1})), events::remove(json!({"id": 2}))];
    let answer = client.send(events::dynamodb("users", changes)).await;
    assert_eq!(answer.ok(), Some(json!([["INSERT", "users"], ["REMOVE", "users"]])));
}

#[tokio::test]
async fn a_handler_need_not_take_its_event() {
    let client = client();
    assert_eq!(client.send(events::scheduled("tick")).await.ok(), Some(json!("hello")));
    assert_eq!(client.send(events::scheduled("tick").scheduler()).await.ok(), Some(json!("hello")));
    assert_eq!(client.send(events::scheduled("nothing")).await.ok(), Some(Value::Null));
}

#[tokio::test]
async fn what_an_event_says_is_read_as_the_type_asked_for() {
    let client = client();
    let answer = client.send(events::sns("orders", json!({"id": 7}))).await;
    assert_eq!(answer.ok(), Some(json!({"id": 7, "greeting": "hello"})));
    let answer = client.invoke("double", &json!({"id": 7})).await;
    assert_eq!(answer.ok(), Some(json!({"id": 14, "known": true})));
}

#[tokio::test]
async fn what_does_not_fit_is_named_without_its_value() {
    let client = client();
    for (name, payload) in [
        ("double", json!({"id": "secret"})),
        ("order", events::sns("orders", json!({"id": "secret"})).into()),
        ("with_id", events::sqs("with-id", [json!({"id": "secret"})]).into()),
    ] {
        let error = client.invoke(name, &payload).await.expect_err(name);
        let text = error.error_message;
        assert!(text.contains("`id`: expected u64, found a string") && !text.contains("secret"), "{text}");
    }
}

#[tokio::test]
async fn each_record_has_its_own_arguments() {
    let client = client();
    let bodies = [r#"{"id":1}"#, r#"{"id":0}"#, "no json", r#"{"id":2}"#];
    let answer = client.send(events::sqs("with-id", bodies)).await.expect("some succeeded");
    assert_eq!(answer["batchItemFailures"].as_array().map(Vec::len), Some(2));
    let error =
        client.send(events::sqs("with-id", [r#"{"id":0}"#, "no json"])).await.expect_err("all failed");
    assert_eq!(error.error_message, "no id");
}
