//! Handlers of whole events, and how they are selected.

use serde::{Deserialize, Serialize};

use super::*;

#[on_sqs_message(queue = "whole")]
async fn whole_batch(event: SqsEvent) -> usize {
    event.records.len()
}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:123456789012:by-arn")]
async fn by_arn(event: SqsEvent) -> &'static str {
    assert!(!event.records.is_empty());
    "by arn"
}

#[on_sns_message("mytopic")]
async fn topic(event: SnsEvent) -> String {
    event.message
}

#[on_sns_message(topic = "arn:aws:sns:us-east-1:123456789012:full")]
async fn full_topic(event: SnsEvent) -> String {
    format!("full {}", event.message)
}

#[on_s3_event("pictures", prefix = "in/", suffix = ".jpg")]
async fn created(event: S3Event) -> String {
    event.key
}

#[on_s3_event(bucket = "pictures", events = ["s3:ObjectRemoved:*"])]
async fn removed(event: S3Event) -> String {
    format!("removed {}", event.key)
}

#[on_cw_event({"source": ["aws.ec2"], "detail": {"state": ["running", {"prefix": "stop"}]}})]
async fn ec2(event: CloudWatchEvent) -> Value {
    event.detail
}

#[schedule("rate(5 minutes)", rule = "every-five")]
async fn five(event: CloudWatchEvent) -> String {
    event.time
}

#[schedule("cron(0 12 * * ? *)", name = "noon")]
async fn at_noon() -> &'static str {
    "noon"
}

#[on_ws_connect]
async fn connect(event: WebsocketEvent) -> String {
    format!("hello {}", event.connection_id)
}

#[on_ws_message]
async fn message(event: WebsocketEvent) -> (StatusCode, String) {
    (StatusCode::ACCEPTED, event.body)
}

#[on_ws_disconnect]
async fn disconnect() {}

#[derive(Serialize)]
struct Sum {
    sum: i64,
}

#[derive(Deserialize)]
struct Numbers {
    a: i64,
    b: i64,
}

#[lambda_function]
async fn add(numbers: Numbers, context: Context) -> Result<Sum> {
    assert!(!context.request_id.is_empty());
    Ok(Sum { sum: numbers.a + numbers.b })
}

#[lambda_function(name = "other-name")]
fn unit(_: ()) {}

#[lambda_function]
async fn lambda_event(event: LambdaFunctionEvent) -> Value {
    json!({"event": event.event, "id": event.context.request_id.is_empty()})
}

#[tokio::test]
async fn events_find_their_handlers_by_what_these_are_bound_to() {
    let client = TestClient::new(base());
    for (event, answer) in [
        (Value::from(events::sqs("whole", ["a", "b"])), json!(2)),
        (events::sqs("by-arn", ["a"]).into(), json!("by arn")),
        (events::sns("mytopic", "m").into(), json!("m")),
        (events::sns("full", "m").into(), json!("full m")),
        (events::s3("pictures", "in/a b.jpg").into(), json!("in/a b.jpg")),
        (events::s3("pictures", "x").event_name("ObjectRemoved:Delete").into(), json!("removed x")),
        (events::cloudwatch("aws.ec2", "x", json!({"state": "stopped"})).into(), json!({"state": "stopped"})),
        (events::scheduled("noon").into(), json!("noon")),
        (events::scheduled("stack-noon-1ABC").into(), json!("noon")),
        (events::scheduled("every-five").time("now").into(), json!("now")),
        (events::scheduled("every-five").scheduler().time("now").into(), json!("now")),
    ] {
        assert_eq!(client.send(event.clone()).await.unwrap(), answer, "{event}");
    }
    for event in [
        Value::from(events::sqs("Whole", ["a"])),
        events::sns("topic", "m").into(),
        events::s3("pictures", "out/a.jpg").into(),
        events::s3("pictures", "in/a.png").into(),
        events::s3("music", "in/a.jpg").into(),
        events::cloudwatch("aws.ec2", "x", json!({"state": "pending"})).into(),
        events::scheduled("every-fives").into(),
        events::kinesis("other", ["x"]).into(),
        events::dynamodb("other", [events::insert(json!({"id": 1}))]).into(),
        json!({"what": "secret"}),
        json!("secret"),
        json!([]),
    ] {
        let error = client.send(event.clone()).await.unwrap_err();
        assert!(
            !error.error_message.contains("secret") && error.error_message.len() > 30,
            "{event}: {error:?}"
        );
    }
}

#[tokio::test]
async fn websockets() {
    let client = TestClient::new(base());
    let answer = client.send(events::websocket("$connect", "c", Value::Null)).await.unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!("hello c")));
    let answer = client.send(events::websocket("$default", "c", "hi")).await.unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(202), &json!("hi")));
    assert_eq!(client.send(events::websocket("chosen", "c", "hi")).await.unwrap()["statusCode"], 202);
    let answer = client.send(events::websocket("$disconnect", "c", "")).await.unwrap();
    assert_eq!(answer["statusCode"], 200);
}

#[tokio::test]
async fn handlers_are_invoked_by_name() {
    let client = TestClient::new(base());
    assert_eq!(client.invoke("add", &json!({"a": 1, "b": 2})).await.unwrap(), json!({"sum": 3}));
    assert_eq!(client.invoke("other-name", &Value::Null).await.unwrap(), Value::Null);
    assert_eq!(client.invoke("lambda_event", &json!([1])).await.unwrap(), json!({"event": [1], "id": false}));
    assert_eq!(client.invoke("topic", &events::sns("elsewhere", "m").build()).await.unwrap(), json!("m"));
    for (name, payload) in [
        ("add", json!({"a": "secret", "b": 1})),
        ("add", json!({"a": 1})),
        ("add", Value::Null),
        ("topic", json!({"Records": [{"Sns": {}}]})),
    ] {
        let error = client.invoke(name, &payload).await.unwrap_err();
        assert!(!error.error_message.contains("secret"), "{error:?}");
    }
    let error = client.invoke("ad", &Value::Null).await.unwrap_err();
    assert!(error.error_message.contains("did you mean `add`"), "{error:?}");
    assert_eq!(
        add(Numbers { a: 1, b: 1 }, {
            let mut c = Context::default();
            c.request_id = "x".into();
            c
        })
        .await
        .unwrap()
        .sum,
        2
    );
}

#[tokio::test]
async fn several_sns_records_run_one_by_one_and_the_first_error_fails_after_all() {
    let client = TestClient::new(base());
    let mut event: Value = events::sns("mytopic", "one").into();
    let mut second = event["Records"][0].clone();
    second["Sns"]["Message"] = json!("two");
    event["Records"].as_array_mut().unwrap().push(second);
    assert_eq!(client.send(event).await.unwrap(), json!("one"));
}

#[test]
fn debug_hides_what_may_be_secret() {
    let event = SnsEvent::from_value(events::sns("t", "secret").into(), context()).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
    let event = SqsEvent::from_value(events::sqs("t", ["secret"]).into(), context()).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
    let event = LambdaFunctionEvent::from_value(json!({"password": "secret"}), context()).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
}
