//! Handlers of every kind of event: what they may take first, and what comes of batches.

use chalice_rt::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Job {
    id: u64,
}

struct Greeting(&'static str);

/// An extractor for every kind of event.
struct RequestId(String);

impl<E: Event> FromEvent<E> for RequestId {
    fn from_event(event: &mut E) -> Result<Self> {
        Ok(RequestId(event.context().request_id.clone()))
    }
}

#[on_sns_message("texts")]
async fn text(event: SnsEvent) -> Value {
    json!({"message": event.message, "subject": event.subject})
}

#[on_sns_message("orders")]
async fn order(message: SnsMessage<Job>, greeting: State<Greeting>) -> Value {
    json!({"id": message.body.id, "greeting": greeting.0.0})
}

#[on_sqs_message("whole", batch_size = 10)]
async fn whole(event: SqsEvent) -> Value {
    json!(event.iter().map(|record| record.body.as_str()).collect::<Vec<_>>())
}

#[on_sqs_message("jobs", batch_size = 10)]
async fn job(message: SqsMessage<Job>, id: RequestId) -> Result<()> {
    match message.body.id {
        0 => Err("job zero".into()),
        13 => panic!("unlucky"),
        _ if id.0.is_empty() => Err("no request id".into()),
        _ => Ok(()),
    }
}

#[on_sqs_message("jobs.fifo", batch_size = 10)]
fn ordered(record: SqsRecord) -> Result<()> {
    let body = record.body;
    if body == "bad" { Err("a bad job".into()) } else { Ok(()) }
}

#[on_s3_event("uploads")]
async fn uploaded(event: S3Event) -> Value {
    json!({"bucket": event.bucket, "key": event.key, "size": event.size})
}

#[on_cw_event({"source": ["aws.ec2"]})]
async fn instance(event: CloudWatchEvent) -> Value {
    event.detail
}

#[schedule("rate(5 minutes)", rule = "tick")]
async fn tick(greeting: State<Greeting>) -> &'static str {
    greeting.0.0
}

#[schedule("rate(1 day)", rule = "nothing")]
async fn nothing() {}

#[on_kinesis_record("clicks")]
async fn click(message: KinesisMessage<Job>) -> Result<()> {
    if message.body.id == 0 { Err(NotFoundError::new("no page").into()) } else { Ok(()) }
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026-01-01T00:00:00.000")]
async fn change(event: DynamoDbEvent) -> Value {
    json!(event.iter().map(|record| (&record.event_name, record.table_name())).collect::<Vec<_>>())
}

#[on_ws_message]
async fn message(event: WebsocketEvent) -> Result<Value> {
    let job: Job = event.json_body()?;
    Ok(json!({"from": event.connection_id, "id": job.id}))
}

#[lambda_function]
async fn double(job: Job, context: Context) -> Value {
    json!({"id": job.id * 2, "known": !context.request_id.is_empty()})
}

fn client() -> TestClient {
    TestClient::new(app!("events").manage(Greeting("hello")))
}

fn failed(answer: &Value) -> Vec<usize> {
    let ids = answer["batchItemFailures"].as_array().into_iter().flatten();
    ids.filter_map(|failure| failure["itemIdentifier"].as_str()?.rsplit('-').next()?.parse().ok()).collect()
}

#[tokio::test]
async fn whole_events_find_their_handlers() {
    let client = client();
    let answer = client.send(events::sns("texts", "hi").subject("s")).await;
    assert_eq!(answer.ok(), Some(json!({"message": "hi", "subject": "s"})));
    let answer = client.send(events::sqs("whole", (0..3).map(|i| i.to_string()))).await;
    assert_eq!(answer.ok(), Some(json!(["0", "1", "2"])));
    let answer = client.send(events::s3("uploads", "my cat+é.jpg").size(7)).await;
    assert_eq!(answer.ok(), Some(json!({"bucket": "uploads", "key": "my cat+é.jpg", "size": 7})));
    let answer = client.send(events::cloudwatch("aws.ec2", "state", json!({"n": 1}))).await;
    assert_eq!(answer.ok(), Some(json!({"n": 1})));
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
    let answer = client.send(events::websocket("$default", "c", json!({"id": 7}))).await;
    let answer = answer.map(|answer| (answer["statusCode"].clone(), answer["body"].clone()));
    assert_eq!(answer.ok(), Some((json!(200), json!(r#"{"from":"c","id":7}"#))));
}

#[tokio::test]
async fn what_does_not_fit_is_named_without_its_value() {
    let client = client();
    for (name, payload) in [
        ("double", json!({"id": "secret"})),
        ("order", events::sns("orders", json!({"id": "secret"})).into()),
        ("message", events::websocket("$default", "c", json!({"id": "secret"})).into()),
        ("job", events::sqs("jobs", [json!({"id": "secret"})]).into()),
    ] {
        let error = client.invoke(name, &payload).await.expect_err(name);
        let text = error.error_message;
        assert!(text.contains("`id`: expected u64, found a string") && !text.contains("secret"), "{text}");
    }
}

#[tokio::test]
async fn records_that_fail_are_reported() {
    let client = client();
    let bodies = [r#"{"id":1}"#, r#"{"id":0}"#, "no json", r#"{"id":13}"#, r#"{"id":2}"#];
    let answer = client.send(events::sqs("jobs", bodies)).await.expect("some succeeded");
    assert_eq!(failed(&answer), [1, 2, 3]);
    let answer = client.send(events::sqs("jobs", [r#"{"id":1}"#])).await;
    assert_eq!(answer.ok(), Some(json!({"batchItemFailures": []})));
    let error = client.send(events::sqs("jobs", [r#"{"id":0}"#, "no json"])).await.expect_err("all failed");
    assert_eq!(error.error_message, "job zero");
}

#[tokio::test]
async fn a_group_of_a_fifo_queue_stops_at_its_first_failure() {
    let event = events::sqs("jobs.fifo", ["good", "bad", "good", "good"]).groups(["a", "a", "a", "b"]);
    let answer = client().send(event).await.expect("some succeeded");
    assert_eq!(failed(&answer), [1, 2]);
}

#[tokio::test]
async fn a_stream_stops_at_its_first_failure() {
    let client = client();
    let event = events::kinesis("clicks", [json!({"id": 1}), json!({"id": 0}), json!({"id": 2})]).build();
    let number = event["Records"][1]["kinesis"]["sequenceNumber"].clone();
    let answer = client.send(event).await.expect("some succeeded");
    assert_eq!(answer["batchItemFailures"][0]["itemIdentifier"], number);
    let error = client.send(events::kinesis("clicks", [json!({"id": 0})])).await.expect_err("all failed");
    assert_eq!((error.error_type.as_str(), error.error_message.as_str()), ("NotFoundError", "no page"));
}

#[tokio::test]
async fn an_event_that_fits_nothing_is_described_without_its_values() {
    for event in
        [json!({"colour": "secret"}), events::sns("elsewhere", "secret").into(), json!("secret"), json!([])]
    {
        let error = client().send(event).await.expect_err("fits nothing");
        assert!(!error.error_message.contains("secret") && error.error_message.len() > 20, "{error:?}");
    }
}

#[tokio::test]
async fn ten_thousand_records_are_one_batch() {
    let event = events::sqs("jobs", (1..=10_000).map(|_| json!({"id": 1})));
    assert_eq!(client().send(event).await.ok(), Some(json!({"batchItemFailures": []})));
}

#[post("/echo/{word}")]
async fn echo(word: String, request: Request) -> Result<Value> {
    Ok(json!({
        "word": word,
        "tags": request.query().get_all("tag").collect::<Vec<_>>(),
        "header": request.headers().get("x-user").and_then(|value| value.to_str().ok()),
        "cookie": request.cookies().get("session"),
        "body": request.json::<Value>()?,
        "ip": request.client_ip().map(|ip| ip.to_string()),
    }))
}

#[tokio::test]
async fn a_request_is_the_same_through_every_front_end() {
    let request = events::http("POST", "/echo/caf%C3%A9 x?tag=a%26b")
        .query("tag", 2)
        .header("X-User", "ada")
        .cookie("session", "s1")
        .json(json!({"n": 1}))
        .client_ip("198.51.100.1");
    let forms = [
        request.clone(),
        request.clone().stage("prod"),
        request.clone().http_api_v1(),
        request.clone().http_api_v1().stage("prod"),
        request.clone().http_api(),
        request.clone().http_api().stage("prod"),
        request.clone().function_url(),
        request.clone().alb_multi_value(),
        request.alb(),
    ];
    let single = forms.len() - 1;
    for (index, form) in forms.into_iter().enumerate() {
        let event: Value = form.into();
        let answer = client().send(event.clone()).await.expect("a response");
        let body: Value =
            serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
        // A load balancer without multi-value headers passes on the last value only.
        let tags = if index == single { json!(["2"]) } else { json!(["a&b", "2"]) };
        let expected = json!({
            "word": "café x", "tags": tags, "header": "ada", "cookie": "s1", "body": {"n": 1}, "ip": "198.51.100.1",
        });
        assert_eq!(body, expected, "{event}: {answer}");
    }
}
