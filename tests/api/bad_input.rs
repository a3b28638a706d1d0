//! Bad input gives a clear error without values, and the next invocation works.

use chalice_rt::prelude::*;
use serde::Deserialize;

const SECRET: &str = "s3cr3t";

#[derive(Deserialize)]
struct Order {
    id: u64,
}

#[get("/ok")]
async fn ok() -> &'static str {
    "ok"
}

#[post("/orders")]
async fn order(order: Json<Order>) -> String {
    order.id.to_string()
}

#[route("/bytes", methods = ["POST", "PUT"], content_types = [])]
async fn bytes(body: Bytes) -> String {
    body.len().to_string()
}

#[post("/text")]
async fn text(body: String) -> String {
    body
}

#[get("/large/{megabytes}")]
async fn large(megabytes: usize) -> String {
    "x".repeat(megabytes << 20)
}

#[get("/headers")]
async fn headers(headers: HeaderMap) -> String {
    headers
        .get("x-word")
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .unwrap_or_default()
}

#[get("/bad-header/{value}")]
async fn bad_header(value: String) -> Response {
    Response::new("fine").with_header("x-bad", value).with_header("access-control-allow-origin", "*")
}

#[get("/search")]
async fn search(query: Query<std::collections::BTreeMap<String, u8>>) -> String {
    query.len().to_string()
}

#[get("/files/{rest+}")]
async fn files(rest: String) -> String {
    rest
}

#[on_sns_message("topic")]
async fn topic(message: SnsMessage<Order>) -> u64 {
    message.body.id
}

#[on_sqs_message("queue")]
async fn queue(event: SqsEvent) -> usize {
    event.records.len()
}

#[on_s3_event("bucket")]
async fn bucket(event: S3Event) -> String {
    event.key
}

#[on_kinesis_record("stream")]
async fn stream(event: KinesisEvent) -> usize {
    event.records.len()
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000")]
async fn table(event: DynamoDbEvent) -> usize {
    event.records.len()
}

#[on_ws_message]
async fn websocket(event: WebsocketEvent) -> Result<String> {
    Ok(event.json_body::<Order>()?.id.to_string())
}

#[lambda_function]
async fn pure(order: Order) -> u64 {
    order.id
}

#[lambda_function]
async fn huge(megabytes: usize) -> String {
    "x".repeat(megabytes << 20)
}

fn client() -> TestClient {
    TestClient::new(app!("bad"))
}

/// The invocation fails with a text that explains and tells no values; the app goes on.
async fn fails(client: &TestClient, event: Value) -> String {
    let error = client.send(event.clone()).await.expect_err(&event.to_string());
    assert!(!error.error_message.contains(SECRET), "{error:?}");
    assert!(error.error_message.len() > 25, "{error:?}");
    assert_eq!(client.get("/ok").send().await.text(), "ok");
    error.error_message
}

#[tokio::test]
async fn unknown_events() {
    let client = client();
    for event in [
        json!({}),
        json!([]),
        json!(null),
        json!(7),
        json!(SECRET),
        json!({"password": SECRET}),
        json!({"Records": []}),
        json!({"Records": null}),
        json!({"Records": {}}),
        json!({"Records": [null]}),
        json!({"Records": [SECRET]}),
        json!({"Records": [{"eventSource": "aws:ses", "ses": {"x": SECRET}}]}),
        json!({"Records": [{"eventSource": SECRET}]}),
        json!({"Records": [{"eventSource": 7}]}),
        json!({"requestContext": {}}),
        json!({"requestContext": SECRET}),
        json!({"requestContext": {"http": SECRET}}),
        json!({"requestContext": {"elb": null}, "httpMethod": null}),
        json!({"httpMethod": "GET"}),
        json!({"httpMethod": ["GET"], "path": "/ok", "requestContext": {}}),
        json!({"httpMethod": "GET", "path": 7, "requestContext": {}}),
        json!({"httpMethod": "G E T", "path": "/ok", "requestContext": {}}),
        json!({"httpMethod": "GET", "path": "/ok", "requestContext": {}, "headers": SECRET}),
        json!({"httpMethod": "GET", "path": "/ok", "requestContext": {}, "headers": {"a": [SECRET]}}),
        json!({"httpMethod": "GET", "path": "/ok", "requestContext": {}, "multiValueHeaders": {"a": {"b": SECRET}}}),
        json!({"httpMethod": "GET", "path": "/ok", "requestContext": {}, "body": {"a": SECRET}}),
        json!({"version": "2.0", "requestContext": {"http": {"method": "GET"}}}),
        json!({"detail-type": SECRET, "source": "x", "detail": {}}),
        json!({"detail-type": "Scheduled Event", "source": "aws.events", "detail": {}}),
        json!({"source": 7, "detail-type": [], "detail": {}}),
        json!({"type": "TOKEN", "methodArn": "a", "authorizationToken": SECRET}),
        json!({"type": "REQUEST", "methodArn": "a", "httpMethod": "GET", "path": "/ok", "requestContext": {}}),
    ] {
        fails(&client, event).await;
    }
}

#[tokio::test]
async fn known_events_with_missing_null_or_wrong_members() {
    let client = client();
    let paths: [(Value, &[&str]); 6] = [
        (events::sns("topic", json!({"id": 1})).into(), &["/Records/0/Sns", "/Records/0/Sns/Message"]),
        (
            events::s3("bucket", "k").into(),
            &[
                "/Records/0/s3",
                "/Records/0/s3/bucket",
                "/Records/0/s3/bucket/name",
                "/Records/0/s3/object",
                "/Records/0/s3/object/key",
            ],
        ),
        (events::sqs("queue", ["a"]).into(), &["/Records/0/body"]),
        (events::kinesis("stream", ["a"]).into(), &["/Records/0/kinesis", "/Records/0/kinesis/data"]),
        (events::dynamodb("t", [events::insert(json!({"id": 1}))]).into(), &[]),
        (events::websocket("$default", "c", json!({"id": 1})).into(), &["/requestContext/connectionId"]),
    ];
    for (good, pointers) in paths {
        assert!(client.send(good.clone()).await.is_ok(), "{good}");
        for pointer in pointers {
            for wrong in [Value::Null, json!({"a": SECRET}), json!(7)] {
                let mut event = good.clone();
                *event.pointer_mut(pointer).unwrap() = wrong;
                fails(&client, event).await;
            }
            let mut event = good.clone();
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            event.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
            fails(&client, event).await;
        }
    }
}

#[tokio::test]
async fn payloads_that_do_not_fit_name_the_field() {
    let client = client();
    let by_name = [
        ("pure", json!({"id": SECRET})),
        ("topic", events::sns("topic", json!({"id": SECRET})).into()),
        ("websocket", events::websocket("$default", "c", json!({"id": SECRET})).into()),
    ];
    for (name, payload) in by_name {
        let error = client.invoke(name, &payload).await.unwrap_err();
        assert!(error.error_message.contains("`id`") && !error.error_message.contains(SECRET), "{error:?}");
    }
    let error = client.invoke("topic", &events::sns("topic", SECRET).build()).await.unwrap_err();
    assert!(!error.error_message.contains(SECRET), "{error:?}");
    // A handler that is named gets what another kind sends, and says so.
    let error = client.invoke("topic", &events::sqs("queue", [SECRET]).build()).await.unwrap_err();
    assert!(!error.error_message.contains(SECRET) && error.error_message.contains("SNS"), "{error:?}");
    let error = client.invoke("ok", &events::sqs("queue", [SECRET]).build()).await.unwrap_err();
    assert!(!error.error_message.contains(SECRET) && error.error_message.contains("HTTP"), "{error:?}");
}

fn rest(path: &str) -> Value {
    json!({"httpMethod": "GET", "path": path, "headers": {}, "requestContext": {"stage": "prod"}, "body": null, "isBase64Encoded": false})
}

async fn status(client: &TestClient, event: Value) -> (u64, String) {
    let answer = client.send(event.clone()).await.unwrap_or_else(|error| panic!("{event}: {error:?}"));
    let body = answer["body"].as_str().unwrap_or_default().to_owned();
    assert!(!body.contains(SECRET), "{body}");
    assert_eq!(client.get("/ok").send().await.text(), "ok");
    (answer["statusCode"].as_u64().unwrap(), body)
}

#[tokio::test]
async fn malformed_requests_are_400() {
    let client = client();
    for path in ["/files/%", "/files/%f", "/files/%ff", "/ok%zz"] {
        assert_eq!(status(&client, rest(path)).await.0, 400, "{path}");
    }
    let mut event = rest("/bytes");
    event["httpMethod"] = json!("POST");
    event["body"] = json!(format!("*{SECRET}*"));
    event["isBase64Encoded"] = json!(true);
    let (code, body) = status(&client, event).await;
    assert!(code == 400 && body.contains("base64") && body.contains("BadRequestError"), "{code} {body}");
    for (name, value) in [("bad name", "x"), ("x-bad", "s3cr3t\nx: y"), ("", "x"), ("x", "\u{0}")] {
        let mut event = rest("/ok");
        event["headers"] = json!({name: value});
        let (code, body) = status(&client, event).await;
        assert!(code == 400 && body.contains("header"), "{code} {body}");
    }
    let mut event = rest("/search");
    event["queryStringParameters"] = json!({"a": SECRET});
    assert_eq!(status(&client, event).await.0, 400);
    let text = client.post("/text").body(vec![0xff_u8, 0xfe]).send().await;
    assert_eq!(text.status(), 400);
    let order =
        client.post("/orders").header("content-type", "application/json").body(vec![0xff_u8]).send().await;
    assert_eq!(order.status(), 400);
}

#[tokio::test]
async fn odd_paths_are_not_found() {
    let client = client();
    for path in [
        "/../..",
        "/ok/../ok",
        "//ok",
        "/ok//",
        "/OK",
        "/ok%2F",
        "",
        "ok",
        "*",
        "/%2e%2e/%2e%2e",
        "/ok?x=1",
        "/你好",
        "/\u{0}",
    ] {
        let (code, body) = status(&client, rest(path)).await;
        assert_eq!(code, 404, "{path}: {body}");
    }
    assert_eq!(status(&client, rest("/ok/")).await.0, 200);
    assert_eq!(status(&client, rest("/files/../../etc/passwd")).await, (200, "../../etc/passwd".to_owned()));
    let long = format!("/files/{}", "a/".repeat(100_000));
    assert_eq!(status(&client, rest(&long)).await.0, 200);
    let long = "/a".repeat(100_000);
    assert_eq!(status(&client, rest(&long)).await.0, 404);
}

#[tokio::test]
async fn headers_that_are_not_ascii_arrive() {
    let client = client();
    for word in ["é", "你好", "\u{1F600}", "a\tb"] {
        let response = client.get("/headers").header("x-word", word).send().await;
        assert_eq!((response.status().as_u16(), response.text().as_ref()), (200, word));
    }
}

#[tokio::test]
async fn headers_that_are_not_allowed_are_a_500_that_tells_nothing() {
    let client = client();
    for value in ["s3cr3t%0Ax:%20y", "%0D", "%00"] {
        let response = client.get(&format!("/bad-header/{value}")).send().await;
        let text = response.text();
        assert!(
            response.status() == 500 && !text.contains(SECRET) && text.contains("InternalServerError"),
            "{text}"
        );
        assert!(!response.headers().contains_key("x-bad"));
    }
    assert_eq!(client.get("/bad-header/%E4%BD%A0").send().await.status(), 200);
}

#[tokio::test]
async fn six_megabytes_in_and_not_more_out() {
    let client = client();
    let response = client.post("/bytes").body("x".repeat(6 << 20)).send().await;
    assert_eq!(response.text(), (6 << 20).to_string());
    let response = client.post("/bytes").body(vec![0xff_u8; 6 << 20]).send().await;
    assert_eq!(response.text(), (6 << 20).to_string());
    assert_eq!(client.get("/large/5").send().await.body().len(), 5 << 20);
    let error = client.send(events::http("GET", "/large/7")).await.unwrap_err();
    assert!(error.error_message.contains("73401") && error.error_message.contains("6291556"), "{error:?}");
    let error = client.invoke("huge", &7).await.unwrap_err();
    assert!(error.error_message.contains("6291556"), "{error:?}");
    assert_eq!(client.get("/ok").send().await.text(), "ok");
}

#[tokio::test]
async fn deep_json_is_refused_and_not_a_crash() {
    let client = client();
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let response =
        client.post("/orders").header("content-type", "application/json").body(deep.clone()).send().await;
    assert!(matches!(response.status().as_u16(), 400 | 422), "{}", response.status());
    assert!(client.send(events::sns("topic", deep)).await.is_err());
    assert_eq!(client.get("/ok").send().await.text(), "ok");
}

#[tokio::test]
async fn ten_thousand_records_and_headers() {
    let client = client();
    let event = events::sqs("queue", (0..10_000).map(|n| n.to_string()));
    assert_eq!(client.send(event).await.unwrap(), json!(10_000));
    let mut event = rest("/ok");
    let headers: serde_json::Map<String, Value> =
        (0..40_000).map(|n| (format!("x-{n}"), json!("1"))).collect();
    event["headers"] = headers.into();
    let answer = client.send(event.clone()).await.unwrap();
    assert_eq!(answer["statusCode"], 200);
    event["path"] = json!("/headers");
    let answer = client.send(event).await.unwrap();
    assert_eq!(
        answer["statusCode"], 500,
        "those who need all headers of a request cannot have more than a map holds"
    );
    assert_eq!(client.get("/ok").send().await.text(), "ok");
}

#[tokio::test]
async fn the_same_app_serves_thousands_good_after_bad() {
    let client = client();
    for n in 0..2_000 {
        if n % 3 == 0 {
            assert!(client.send(json!({"n": n})).await.is_err());
        }
        assert_eq!(client.get("/files/x").send().await.text(), "x");
    }
}
