//! Requests that have hurt the users of other frameworks, as front ends, tools and hands have written them.
//!
//! Each is in `fixtures/requests`, named by the front end and by what is odd about it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use chalice_rt::prelude::*;
use serde::Deserialize;
use tower_http::compression::CompressionLayer;

#[get("/users/{id}")]
async fn user(id: String, request: Request) -> Value {
    json!({"id": id, "path": request.path()})
}

#[derive(Deserialize)]
struct Search {
    q: String,
    page: Option<u32>,
}

#[get("/search")]
async fn search(search: Query<Search>) -> Value {
    json!({"q": search.q, "page": search.page})
}

#[route("/echo", methods = ["GET", "POST"])]
async fn echo(request: Request) -> Value {
    let query: Vec<(&str, &str)> = request.query().iter().collect();
    let cookies: Vec<(&str, &str)> = request.cookies().iter().collect();
    json!({"query": query, "cookies": cookies, "body": request.body().len()})
}

/// What another server gave, passed on.
#[get("/proxied")]
async fn proxied() -> Response {
    Response::new("hi")
        .with_header("transfer-encoding", "chunked")
        .with_header("connection", "close")
        .with_header("content-length", "2")
        .with_header("x-upstream", "1")
}

#[get("/png")]
async fn png() -> Response {
    Response::new(vec![0x89, b'P', b'N', b'G']).with_header("content-type", "image/png")
}

#[derive(Deserialize)]
struct Signup {
    user: String,
    tag: Vec<String>,
}

#[post("/form")]
async fn form(form: Form<Signup>) -> Value {
    json!({"user": form.user, "tag": form.tag})
}

#[post("/upload", content_types = ["multipart/form-data"])]
async fn upload(body: Bytes) -> String {
    body.len().to_string()
}

#[get("/text", middleware = [ConvertToMiddleware::http(CompressionLayer::new())])]
async fn text() -> String {
    "compress me ".repeat(100)
}

#[get("/panic")]
async fn panics() -> String {
    panic!("on purpose")
}

#[derive(Deserialize)]
struct Order {
    id: u64,
}

#[post("/order")]
async fn order(order: Json<Order>) -> String {
    order.id.to_string()
}

#[post("/json")]
async fn any_json(body: Json<Value>) -> Value {
    body.0
}

#[get("/big/{kilobytes}")]
async fn big(kilobytes: usize) -> String {
    "x".repeat(kilobytes << 10)
}

fn client() -> TestClient {
    TestClient::new(app!("reported").base_path("/shop"))
}

fn event(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/requests/{name}.json"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// The answer as the front end gets it.
async fn answered(name: &str) -> Value {
    client().send(event(name)).await.unwrap()
}

/// The body of a 200 as JSON.
async fn json_of(name: &str) -> Value {
    let answer = answered(name).await;
    assert_eq!(answer["statusCode"], 200, "{name}: {answer}");
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn whatever_comes_without_the_usual_members_is_served() {
    for name in ["minimal", "alb-health", "alb-health-no-headers", "v1-console-test", "v2-user"] {
        assert_eq!(json_of(name).await["id"], "7", "{name}");
    }
    let error = client().send(event("empty-object")).await.unwrap_err();
    assert!(error.error_message.len() > 25, "{error:?}");
}

#[tokio::test]
async fn stages_and_base_paths_are_no_part_of_the_path() {
    for name in ["v2-stage", "v2-stage-custom", "http-v1-mapping"] {
        assert_eq!(json_of(name).await, json!({"id": "7", "path": "/users/7"}), "{name}");
    }
}

#[tokio::test]
async fn an_emulator_encodes_the_path() {
    assert_eq!(json_of("emulator-path").await, json!({"id": "a b", "path": "/users/a b"}));
}

#[tokio::test]
async fn queries_are_decoded_once() {
    let query = json_of("alb-query").await["query"].clone();
    assert_eq!(query, json!([["flt[0]", "2020-07-24 09:55:00"], ["q", "é+"]]));
    assert_eq!(json_of("v1-query-plus").await["query"], json!([["param", "a+b%2B"]]));
}

#[tokio::test]
async fn numbers_in_a_query_are_texts() {
    assert_eq!(json_of("v1-query-number").await["query"], json!([["hello", "world"], ["page", "1"]]));
    assert_eq!(json_of("v1-query-number-typed").await, json!({"q": "world", "page": 1}));
}

#[tokio::test]
async fn a_malformed_pair_that_nobody_reads_refuses_nothing() {
    for name in ["alb-malformed-other", "url-malformed-other"] {
        assert_eq!(json_of(name).await["q"], "a", "{name}");
    }
}

#[tokio::test]
async fn headers_of_the_connection_to_another_server_do_not_leave() {
    for name in ["alb-proxied", "v1-proxied", "v2-proxied"] {
        let answer = answered(name).await;
        assert_eq!(
            (&answer["body"], &answer["headers"]["x-upstream"]),
            (&json!("hi"), &json!("1")),
            "{name}"
        );
        for header in ["transfer-encoding", "connection", "content-length"] {
            assert!(!answer.to_string().contains(header), "{name}: {answer}");
        }
    }
}

#[tokio::test]
async fn a_browser_gets_its_image() {
    for name in ["v1-accept-browser", "v1-accept-range"] {
        let answer = answered(name).await;
        assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!("iVBORw==")), "{name}");
        assert_eq!(answer["isBase64Encoded"], true);
    }
}

#[tokio::test]
async fn content_types_of_json_are_taken() {
    for name in ["v1-type-charset", "v1-type-upper", "v1-type-vendor"] {
        assert_eq!(json_of(name).await, 7, "{name}");
    }
}

#[tokio::test]
async fn bodies_arrive_to_the_byte() {
    assert_eq!(json_of("v1-base64-empty").await["body"], 0);
    assert_eq!(json_of("v1-form-base64").await, json!({"user": "grün x", "tag": ["a", "b"]}));
    assert_eq!(json_of("v1-multipart").await, 79);
    assert_eq!(json_of("v2-json-bom").await, json!({"a": 1}));
}

#[tokio::test]
async fn a_cookie_may_have_equals_signs_in_its_value() {
    assert_eq!(json_of("v2-cookie-equals").await["cookies"], json!([["a", "b=c=="], ["q", "x y"]]));
}

#[tokio::test]
async fn options_without_a_body_are_answered() {
    let answer = answered("v1-options").await;
    assert_eq!(answer["statusCode"], 204);
    assert_eq!(answer["headers"]["allow"], "GET, HEAD, OPTIONS");
}

#[tokio::test]
async fn a_compressed_answer_is_base64() {
    let answer = answered("v1-gzip-out").await;
    assert_eq!(
        (&answer["headers"]["content-encoding"], &answer["isBase64Encoded"]),
        (&json!("gzip"), &json!(true))
    );
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_next_request_is_served() {
    let client = client();
    assert_eq!(client.send(event("v1-panic")).await.unwrap()["statusCode"], 500);
    assert_eq!(client.send(event("v2-user")).await.unwrap()["statusCode"], 200);
}

#[tokio::test]
async fn an_answer_that_is_too_large_fails_with_its_size() {
    let error = client().send(event("v2-big")).await.unwrap_err();
    assert!(error.error_message.contains("63489") && error.error_message.contains("6 MB"), "{error:?}");
}

#[tokio::test]
async fn json_that_is_nested_ten_thousand_deep_is_a_400() {
    let client = client();
    let mut deep = event("v2-json-bom");
    deep["body"] = json!("[".repeat(10_000) + &"]".repeat(10_000));
    let answer = client.send(deep).await.unwrap();
    assert_eq!(answer["statusCode"], 400);
    assert!(answer["body"].as_str().unwrap().contains("nested too deep"), "{answer}");
    assert_eq!(client.send(event("v2-user")).await.unwrap()["statusCode"], 200);
}
