//! Events of the kinds that are not HTTP as a user meets them: fields, records, batches, how handlers are found.

use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chalice_rt::prelude::*;
use serde::{Deserialize, Serialize};

fn context() -> Context {
    let mut context = Context::default();
    context.request_id = "r-1".to_owned();
    context.deadline = SystemTime::now() + Duration::from_secs(60);
    context.function_name = "f".to_owned();
    context
}

fn base() -> App {
    app!("face").manage(Log::default())
}

/// What ran, in order.
#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn add(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }
}

// ---- the events ----

#[test]
fn sns() {
    let event = json!({"Records": [{"EventSource": "aws:sns", "extra": 1, "Sns": {
        "Message": "hello", "Subject": null, "TopicArn": "arn:aws:sns:eu-west-1:1:t", "unknown": {},
        "MessageAttributes": {"a": {"Type": "String", "Value": "1"}}
    }}]});
    let event = SnsEvent::from_value(event, context()).unwrap();
    assert_eq!((event.kind(), event.context().request_id.as_str()), (Kind::Sns, "r-1"));
    assert!(event.original().get().contains("unknown"));
    let SnsEvent { message, subject, message_attributes, topic_arn, context, .. } = event;
    assert_eq!((message.as_str(), subject, topic_arn.as_str()), ("hello", None, "arn:aws:sns:eu-west-1:1:t"));
    assert_eq!(message_attributes["a"]["Value"], "1");
    assert!(context.remaining_time() > Duration::from_secs(30));
}

#[test]
fn s3() {
    let event = json!({"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": {
        "bucket": {"name": "b"}, "object": {"key": "a+b%2Fc/%E4%BD%A0.txt", "size": 5_000_000_000_u64, "eTag": "e"}
    }}]});
    let event = S3Event::from_value(event, context()).unwrap();
    let size: Option<u64> = event.size;
    assert_eq!(
        (event.bucket, event.key, event.event_name),
        ("b".into(), "a b/c/你.txt".into(), "ObjectCreated:Put".into())
    );
    assert_eq!((size, event.etag, event.version_id), (Some(5_000_000_000), Some("e".into()), None));
}

#[test]
fn sqs() {
    let event = json!({"Records": [
        {"messageId": "1", "receiptHandle": "r", "body": "one", "attributes": {"x": "y"}, "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q"},
        {"messageId": "2", "body": "two", "attributes": null}
    ]});
    let event = SqsEvent::from_value(event, context()).unwrap();
    let mut bodies = Vec::new();
    for record in &event {
        bodies.push(record.body.as_str());
    }
    assert_eq!(bodies, ["one", "two"]);
    assert_eq!(event.iter().count(), 2);
    assert_eq!(event.records[0].attributes["x"], "y");
    let first = event.into_iter().next().unwrap();
    assert_eq!(
        (first.message_id, first.receipt_handle, first.event_source_arn),
        ("1".into(), "r".into(), "arn:aws:sqs:eu-west-1:1:q".into())
    );
    let mut record = SqsRecord::default();
    record.body = "b".to_owned();
    record.attributes = json!({"MessageGroupId": "g"});
    let message = SqsMessage { body: 7_u8, record: record.clone() };
    assert_eq!((message.body, message.record.body), (7, "b".to_owned()));
    let mut event = SqsEvent::default();
    event.records.push(record);
    assert_eq!(event.clone().records.len(), 1);
}

#[test]
fn cloudwatch() {
    let event = json!({"version": "0", "id": "i", "detail-type": "T", "source": "s", "account": "1", "time": "2026-01-01T00:00:00Z", "region": "r", "resources": ["a"], "detail": {"x": 1}});
    let event = CloudWatchEvent::from_value(event, context()).unwrap();
    assert_eq!(event.kind(), Kind::CloudWatch);
    let texts = [
        event.version,
        event.account,
        event.region,
        event.detail_type,
        event.source,
        event.time,
        event.event_id,
    ];
    assert_eq!(texts, ["0", "1", "r", "T", "s", "2026-01-01T00:00:00Z", "i"]);
    assert_eq!((event.detail, event.resources), (json!({"x": 1}), vec!["a".to_owned()]));
    for (source, kind) in
        [("aws.events", Kind::Scheduled), ("aws.scheduler", Kind::Scheduled), ("x", Kind::CloudWatch)]
    {
        let event = json!({"detail-type": "Scheduled Event", "source": source, "detail": {}});
        assert_eq!(CloudWatchEvent::from_value(event, context()).unwrap().kind(), kind);
    }
}

#[test]
fn kinesis() {
    let event = json!({"Records": [{"eventSource": "aws:kinesis", "eventSourceARN": "arn:aws:kinesis:r:1:stream/s", "kinesis": {
        "data": "aGVsbG8=", "sequenceNumber": "49", "partitionKey": "p", "kinesisSchemaVersion": "1.0", "approximateArrivalTimestamp": 1545084650.987
    }}]});
    let event = KinesisEvent::from_value(event, context()).unwrap();
    let record = &event.records[0];
    assert_eq!((record.data.as_ref(), record.sequence_number.as_str()), (b"hello".as_slice(), "49"));
    assert_eq!((record.partition_key.as_str(), record.schema_version.as_str()), ("p", "1.0"));
    assert_eq!(record.timestamp, UNIX_EPOCH + Duration::from_millis(1_545_084_650_987));
    let mut record = KinesisRecord::default();
    record.data = Bytes::from_static(b"x");
    let message = KinesisMessage { body: "x".to_owned(), record };
    assert_eq!(message.body.as_bytes(), message.record.data);
    let bad = json!({"Records": [{"eventSource": "aws:kinesis", "kinesis": {"data": "sec ret"}}]});
    let text = KinesisEvent::from_value(bad, context()).unwrap_err().to_string();
    assert!(text.contains("base64") && text.contains("data") && !text.contains("sec ret"), "{text}");
}

#[test]
fn dynamodb() {
    let arn = "arn:aws:dynamodb:r:1:table/orders/stream/2026-01-01T00:00:00.000";
    let event = json!({"Records": [{"eventID": "e", "eventName": "MODIFY", "eventSource": "aws:dynamodb", "awsRegion": "r", "eventSourceARN": arn, "dynamodb": {
        "ApproximateCreationDateTime": 1479499740, "Keys": {"id": {"N": "1"}}, "NewImage": {"id": {"N": "1"}}, "OldImage": null, "SequenceNumber": "7", "SizeBytes": 26, "StreamViewType": "NEW_IMAGE"
    }}]});
    let event = DynamoDbEvent::from_value(event, context()).unwrap();
    let record = event.records.into_iter().next().unwrap();
    assert_eq!(record.table_name(), "orders");
    let size: u64 = record.size_bytes;
    assert_eq!(
        (record.event_name, record.event_id, record.aws_region, record.sequence_number),
        ("MODIFY".into(), "e".into(), "r".into(), "7".into())
    );
    assert_eq!(
        (size, record.stream_view_type, record.event_source_arn),
        (26, "NEW_IMAGE".into(), arn.into())
    );
    assert_eq!(
        (record.keys, record.new_image, record.old_image),
        (json!({"id": {"N": "1"}}), Some(json!({"id": {"N": "1"}})), None)
    );
    assert_eq!(record.timestamp, UNIX_EPOCH + Duration::from_secs(1_479_499_740));
    let mut record = DynamoDbRecord::default();
    record.event_source_arn = "arn:aws:dynamodb:r:1:table/x/stream/s".to_owned();
    assert_eq!(record.table_name(), "x");
}

#[test]
fn websocket_lambda_and_auth() {
    let event = json!({"requestContext": {"connectionId": "c", "domainName": "d", "stage": "s", "routeKey": "$default", "eventType": "MESSAGE"}, "body": "{\"a\":1}", "isBase64Encoded": false});
    let event = WebsocketEvent::from_value(event, context()).unwrap();
    assert_eq!(event.json_body::<Value>().unwrap(), json!({"a": 1}));
    assert!(event.json_body::<Vec<u8>>().is_err());
    assert_eq!(
        [event.connection_id, event.domain_name, event.stage, event.route_key, event.body],
        ["c", "d", "s", "$default", "{\"a\":1}"]
    );
    let event = json!({"requestContext": {"connectionId": "c", "routeKey": "$connect", "eventType": "CONNECT"}, "body": null});
    assert_eq!(WebsocketEvent::from_value(event, context()).unwrap().body, "");
    let event = LambdaFunctionEvent::from_value(json!([1]), context()).unwrap();
    assert_eq!((event.kind(), &event.event), (Kind::PureLambda, &json!([1])));
    let (event, context) = (event.event, event.context);
    assert_eq!((event, context.function_name.as_str()), (json!([1]), "f"));
    let event = json!({"type": "TOKEN", "authorizationToken": "secret", "methodArn": "arn"});
    let event = AuthRequest::from_value(event, context).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
    assert_eq!([event.auth_type, event.token, event.method_arn], ["TOKEN", "secret", "arn"]);
}

#[test]
fn any_event_is_made_from_json_as_well() {
    let event = AnyEvent::from_value(events::sns("t", "m").into(), context()).unwrap();
    assert_eq!((event.kind(), event.context().request_id.as_str()), (Kind::Sns, "r-1"));
    let AnyEvent::Sns(event) = event else { panic!("not sns") };
    assert_eq!(event.message, "m");
    let event = AnyEvent::from_value(json!({"x": 1}), context()).unwrap();
    assert!(matches!(event, AnyEvent::PureLambda(_)));
    let answer: AnyResponse = json!(1).into();
    assert!(matches!(answer, AnyResponse::Json(Value::Number(_))));
    assert!(matches!(AnyResponse::from(Response::new("x")), AnyResponse::Http(_)));
}

// ---- handlers of single records ----

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

async fn ran(client: &TestClient) -> Vec<String> {
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

// ---- whole events and how they are found ----

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

#[test]
fn debug_hides_what_may_be_secret() {
    let event = SnsEvent::from_value(events::sns("t", "secret").into(), context()).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
    let event = SqsEvent::from_value(events::sqs("t", ["secret"]).into(), context()).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
    let event = LambdaFunctionEvent::from_value(json!({"password": "secret"}), context()).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
}
