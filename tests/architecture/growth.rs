//! What input costs grows as the input does: ten times as much of anything takes at most twelve times the instructions.
//!
//! Instructions are counted by valgrind, and not time by a clock, so that the same input always costs the same. This
//! program runs itself under callgrind, which writes down what each invocation took.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use chalice_rt::observe::LogInvocations;
use chalice_rt::prelude::*;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};
use tower::layer::util::Identity;

#[derive(Deserialize)]
struct Few {
    #[serde(default)]
    q: String,
    #[serde(default)]
    tag: Vec<String>,
}

#[get("/query")]
async fn query(few: Query<Few>) -> Json<usize> {
    Json(few.q.len() + few.tag.len())
}

#[get("/query/all")]
async fn all(all: Query<HashMap<String, String>>) -> Json<usize> {
    Json(all.len())
}

#[post("/form")]
async fn form(few: Form<Few>) -> Json<usize> {
    Json(few.q.len() + few.tag.len())
}

#[get("/cookies")]
async fn cookies(cookies: Cookies) -> Json<usize> {
    Json(cookies.iter().count())
}

#[get("/headers")]
async fn headers(headers: HeaderMap) -> Json<usize> {
    Json(headers.len())
}

#[get("/files/{path+}")]
async fn files(path: String) -> Json<usize> {
    Json(path.len())
}

#[get("/answer/{count}")]
async fn answer(count: usize) -> Response {
    (0..count)
        .fold(Response::new("many"), |all, n| all.append_header("x-many", n).append_header("set-cookie", n))
}

#[post("/json")]
async fn json_body(body: Json<Vec<u32>>) -> Json<usize> {
    Json(body.len())
}

#[get("/accepts")]
async fn accepts(request: Request) -> String {
    request.accepts("text/html").to_string()
}

#[get("/converted", middleware = [ConvertToMiddleware::http(Identity::new())])]
async fn converted(request: Request) -> Json<usize> {
    Json(request.headers().len())
}

#[on_sns_message("growth", middleware = [ConvertToMiddleware::new(Identity::new())])]
async fn sns(_event: SnsEvent) {}

#[on_s3_event("growth", middleware = [ConvertToMiddleware::new(Identity::new())])]
async fn s3(_event: S3Event) {}

#[on_sqs_message("growth", batch_size = 10, middleware = [ConvertToMiddleware::new(Identity::new())])]
async fn sqs(_record: SqsRecord) {}

#[on_kinesis_record("growth")]
async fn kinesis(_record: KinesisRecord) {}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/growth/stream/2026-01-01T00:00:00.000")]
async fn dynamodb(_record: DynamoDbRecord) {}

#[on_kafka_record("growth")]
async fn kafka(_message: KafkaMessage<String>) {}

#[on_sns_message("news")]
async fn news(event: SnsEvent) -> usize {
    event.message.len()
}

#[on_sqs_message("jobs")]
async fn job(message: SqsMessage<Value>) {
    black_box(message.body);
}

/// One dimension of what may arrive, and an event of this size in it.
type Dimension = (&'static str, fn(usize) -> String);

const DIMENSIONS: &[Dimension] = &[
    ("names of a query", |n| url("/query", &joined(n, "&", |i| format!("n{i}=1")))),
    ("names of a query that are read", |n| url("/query/all", &joined(n, "&", |i| format!("n{i}=a")))),
    ("numbers of a query that are texts", |n| url("/query/all", &joined(n, "&", |i| format!("n{i}={i}")))),
    ("values of one name", |n| url("/query", &joined(n, "&", |i| format!("tag={i}")))),
    ("escapes of a query", |n| url("/query", &format!("q={}", "%41".repeat(n)))),
    ("malformed pairs", |n| url("/query", &joined(n, "&", |i| format!("%ff{i}=%zz")))),
    ("names of a REST API's query", |n| {
        rest("/query", json!({"multiValueQueryStringParameters": named(n, &json!(["1"]))}))
    }),
    ("names of a load balancer's query", |n| {
        let query = named(n, &json!("%41"));
        rest("/query", json!({"queryStringParameters": query, "requestContext": {"elb": {}}}))
    }),
    ("names of a form", |n| {
        posted("/form", "application/x-www-form-urlencoded", &joined(n, "&", |i| format!("n{i}=1")))
    }),
    ("values of a form", |n| {
        posted("/form", "application/x-www-form-urlencoded", &joined(n, "&", |i| format!("tag={i}")))
    }),
    ("cookies in a header", |n| {
        rest("/cookies", json!({"headers": {"cookie": joined(n, "; ", |i| format!("c{i}=1"))}}))
    }),
    ("cookies in a list", |n| rest("/cookies", json!({"cookies": list(n, |i| format!("c{i}=1"))}))),
    ("headers", |n| rest("/headers", json!({"headers": named(n, &json!("1"))}))),
    ("values of a header", |n| {
        rest("/headers", json!({"multiValueHeaders": {"x-many": list(n, |i| i.to_string())}}))
    }),
    ("headers that a layer sees", |n| rest("/converted", json!({"headers": named(n, &json!("1"))}))),
    ("ranges of an Accept", |n| {
        rest("/accepts", json!({"headers": {"accept": joined(n, ",", |i| format!("a/b{i};q=0.5"))}}))
    }),
    ("segments of a path", |n| rest(&format!("/files{}", "/a".repeat(n)), json!({}))),
    ("escapes of a path", |n| rest(&format!("/files/{}", "%41".repeat(n)), json!({}))),
    ("segments that no route has", |n| rest(&"/a".repeat(n), json!({}))),
    ("segments before a path on a custom domain", |n| {
        custom_domain(&format!("{}/files/a", "/%41".repeat(n)), "a")
    }),
    ("segments after a base path", |n| {
        custom_domain(&format!("/shop/files{}", "/%41".repeat(n)), &"/A".repeat(n)[1..])
    }),
    ("headers of an answer", |n| rest(&format!("/answer/{n}"), json!({}))),
    ("members of a body", |n| {
        posted("/json", "application/json", &format!("[{}]", joined(n, ",", |i| i.to_string())))
    }),
    ("records of SNS that a layer sees", |n| {
        records(
            n,
            |i| json!({"Sns": {"Message": "m", "TopicArn": "arn:aws:sns:us-east-1:1:growth", "MessageId": i.to_string()}}),
        )
    }),
    ("records of S3 that a layer sees", |n| {
        let s3 = |i: usize| json!({"bucket": {"name": "growth"}, "object": {"key": format!("k{i}")}});
        records(n, |i| json!({"eventName": "ObjectCreated:Put", "s3": s3(i)}))
    }),
    ("records of SQS that a layer sees", |n| {
        records(
            n,
            |i| json!({"messageId": i.to_string(), "body": "b", "eventSourceARN": "arn:aws:sqs:us-east-1:1:growth"}),
        )
    }),
    ("records of Kinesis", |n| {
        let arn = "arn:aws:kinesis:us-east-1:1:stream/growth";
        records(
            n,
            |i| json!({"kinesis": {"data": "YQ==", "sequenceNumber": i.to_string()}, "eventSourceARN": arn}),
        )
    }),
    ("records of DynamoDB", |n| {
        let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/growth/stream/2026-01-01T00:00:00.000";
        records(n, |i| json!({"dynamodb": {"SequenceNumber": i.to_string()}, "eventSourceARN": arn}))
    }),
    ("records of Kafka", |n| {
        let record = |i| json!({"topic": "growth", "partition": 0, "offset": i, "value": "YQ=="});
        json!({"eventSource": "aws:kafka", "records": {"growth-0": list(n, record)}}).to_string()
    }),
    ("brackets of a body", |n| posted("/json", "application/json", &"[".repeat(n))),
    ("brackets of a member", |n| nested(n, &"]".repeat(n))),
    ("brackets without end", |n| nested(n, "")),
    ("records, each an event that is logged", |n| {
        let sns = json!({"TopicArn": "arn:aws:sns:us-east-1:123456789012:news", "Message": "hello"});
        let record = json!({"EventSource": "aws:sns", "Sns": sns});
        json!({"Records": vec![record; n]}).to_string()
    }),
    ("records of a batch", |n| {
        let queue = "arn:aws:sqs:us-east-1:123456789012:jobs";
        let record = |i| json!({"messageId": format!("m{i}"), "body": "[1]", "eventSource": "aws:sqs", "eventSourceARN": queue});
        json!({"Records": (0..n).map(record).collect::<Value>()}).to_string()
    }),
    ("brackets in the place of a text", |n| {
        format!(
            r#"{{"httpMethod":"GET","path":"/query","headers":{{"a":{}{}}}}}"#,
            "[".repeat(n),
            "]".repeat(n)
        )
    }),
];

const SMALL: usize = 300;
const TIMES: usize = 10;
const MOST: u64 = 12;

fn joined(n: usize, between: &str, one: impl Fn(usize) -> String) -> String {
    list(n, one).join(between)
}

fn list<T>(n: usize, one: impl Fn(usize) -> T) -> Vec<T> {
    (0..n).map(one).collect()
}

fn records(n: usize, one: impl Fn(usize) -> Value) -> String {
    json!({"Records": list(n, one)}).to_string()
}

fn named(n: usize, value: &Value) -> Value {
    (0..n).map(|i| (format!("x-{i}"), value.clone())).collect()
}

fn url(path: &str, query: &str) -> String {
    let context =
        json!({"http": {"method": "GET", "path": path}, "domainName": "a.lambda-url.us-east-1.on.aws"});
    json!({"version": "2.0", "rawPath": path, "rawQueryString": query, "requestContext": context}).to_string()
}

fn rest(path: &str, members: Value) -> String {
    let mut event = json!({"httpMethod": "GET", "path": path});
    if let (Value::Object(event), Value::Object(members)) = (&mut event, members) {
        event.extend(members);
    }
    event.to_string()
}

fn posted(path: &str, content_type: &str, body: &str) -> String {
    rest(path, json!({"httpMethod": "POST", "headers": {"content-type": content_type}, "body": body}))
}

fn custom_domain(path: &str, rest_of_it: &str) -> String {
    let context = json!({"path": path, "domainName": "api.example.com"});
    let parameters = json!({"path": rest_of_it});
    rest(path, json!({"resource": "/files/{path+}", "pathParameters": parameters, "requestContext": context}))
}

fn nested(n: usize, end: &str) -> String {
    format!(r#"{{"httpMethod":"GET","odd":{}{end},"path":"/query"}}"#, "[".repeat(n))
}

/// What is counted. Callgrind finds it by its name.
#[inline(never)]
fn invocation_that_is_counted(runtime: &Runtime, client: &TestClient, event: Bytes) {
    // Input that is not an event fails, which has a cost, too.
    let _ = black_box(runtime.block_on(client.send_bytes(event, Context::default())));
}

#[inline(never)]
fn end_of_what_is_counted() {
    black_box(());
}

#[test]
#[ignore = "what the other test runs under callgrind"]
fn each_dimension_at_both_sizes() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let log = LogInvocations::new().log_event(true);
    let client = TestClient::new(app!("growth").register_middleware(log, Sns));
    for (_, event) in DIMENSIONS {
        // The first of its kind pays for what is made once.
        let _ = runtime.block_on(client.send_bytes(event(1), Context::default()));
        for size in [SMALL, SMALL * TIMES] {
            invocation_that_is_counted(&runtime, &client, event(size).into());
            end_of_what_is_counted();
        }
    }
}

#[test]
fn ten_times_as_much_costs_at_most_twelve_times_as_much() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "valgrind is not installed");
        eprintln!("valgrind is not installed: nothing is counted");
        return;
    }
    let counted = counted();
    assert_eq!(counted.len(), 2 * DIMENSIONS.len(), "one figure for each size");
    let grown = DIMENSIONS.iter().zip(counted.chunks(2)).map(|((name, _), pair)| (*name, pair[0], pair[1]));
    let steep: Vec<_> = grown.filter(|(_, small, large)| *large > small * MOST).collect();
    assert!(steep.is_empty(), "(dimension, instructions at {SMALL}, at {}): {steep:#?}", SMALL * TIMES);
}

/// The instructions of each counted invocation, in order.
fn counted() -> Vec<u64> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("growth");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=out"])
        // At each of these two what was counted so far is written down, as the next part.
        .args(["--dump-before=*invocation_that_is_counted*", "--dump-before=*end_of_what_is_counted*"])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "each_dimension_at_both_sizes"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let part = |part: usize| fs::read_to_string(folder.join(format!("out.{part}"))).ok();
    (1..).map_while(|invocation| part(2 * invocation)).map(|part| total(&part)).collect()
}

fn total(part: &str) -> u64 {
    let total = part.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.unwrap()
}
