//! The return types of routes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::*;

#[get("/results/unit")]
async fn unit() {}

#[get("/results/text")]
async fn text() -> &'static str {
    "text"
}

#[get("/results/string")]
async fn string() -> String {
    "string".to_owned()
}

#[get("/results/cow")]
async fn cow() -> Cow<'static, str> {
    Cow::Borrowed("cow")
}

#[get("/results/bytes")]
async fn bytes() -> Bytes {
    Bytes::from_static(b"bytes")
}

#[get("/results/vec")]
async fn vec() -> Vec<u8> {
    b"vec".to_vec()
}

#[get("/results/value")]
async fn value() -> Value {
    json!([1])
}

#[get("/results/json")]
async fn json_result() -> Json<BTreeMap<&'static str, u8>> {
    Json(BTreeMap::from([("a", 1)]))
}

#[get("/results/status")]
async fn status() -> StatusCode {
    StatusCode::ACCEPTED
}

#[get("/results/pair")]
async fn pair() -> (StatusCode, &'static str) {
    (StatusCode::IM_A_TEAPOT, "short and stout")
}

#[get("/results/some/{n}")]
async fn some(n: u8) -> Option<Json<u8>> {
    (n > 0).then_some(Json(n))
}

#[get("/results/fallible/{word}")]
async fn fallible(word: String) -> Result<String> {
    let number: i32 = word.parse()?;
    Ok(number.to_string())
}

#[get("/results/anyhow")]
async fn with_anyhow() -> Result<String, anyhow::Error> {
    anyhow::bail!("anyhow's text")
}

#[get("/results/anyhow/question")]
async fn with_question() -> Result<String> {
    fn inner() -> anyhow::Result<String> {
        Err(anyhow::anyhow!("inner").context("outer"))
    }
    Ok(inner()?)
}

#[get("/results/io")]
async fn own_result() -> std::result::Result<String, std::io::Error> {
    Err(std::io::Error::other("io"))
}

#[get("/results/boxed")]
async fn boxed() -> std::result::Result<String, Box<dyn std::error::Error + Send + Sync>> {
    Err("boxed".into())
}

#[get("/results/view")]
async fn view() -> std::result::Result<String, NotFoundError> {
    Err(NotFoundError::new("gone"))
}

#[get("/results/sync")]
fn sync_text() -> &'static str {
    "sync"
}

#[get("/results/no-content")]
async fn no_content() -> Response {
    Response::new("ignored").with_status(204).with_header("x-kept", "yes")
}

#[get("/results/not-modified")]
async fn not_modified() -> (StatusCode, &'static str) {
    (StatusCode::NOT_MODIFIED, "ignored")
}

#[get("/results/headers")]
async fn headers() -> ([(&'static str, &'static str); 2], String) {
    ([("x-one", "1"), ("content-type", "text/markdown")], "# one".to_owned())
}

#[get("/results/status-and-headers")]
async fn status_and_headers() -> (StatusCode, [(HeaderName, HeaderValue); 1], Json<Value>) {
    let one = (HeaderName::from_static("x-one"), HeaderValue::from_static("1"));
    (StatusCode::CREATED, [one], Json(json!({"a": 1})))
}

#[get("/results/header-map")]
async fn header_map() -> (StatusCode, HeaderMap, &'static str) {
    let mut headers = HeaderMap::new();
    for cookie in ["a=1", "b=2"] {
        headers.append("set-cookie", HeaderValue::from_static(cookie));
    }
    (StatusCode::ACCEPTED, headers, "map")
}

#[get("/results/bad-header")]
async fn bad_header() -> ([(&'static str, &'static str); 1], &'static str) {
    ([("x-bad", "a\nb: c")], "never sent")
}

struct Csv(Vec<u8>);

impl IntoResponse for Csv {
    fn into_response(self) -> Result<Response> {
        let rows: Vec<String> = self.0.iter().map(u8::to_string).collect();
        Ok(Response::new(rows.join(",")).with_header("content-type", "text/csv"))
    }
}

#[get("/results/own")]
async fn own() -> Csv {
    Csv(vec![1, 2])
}

struct Failing;

impl IntoResponse for Failing {
    fn into_response(self) -> Result<Response> {
        Err(ConflictError::new("into").into())
    }
}

#[get("/results/failing")]
async fn failing() -> Failing {
    Failing
}

#[get("/results/unserialisable")]
async fn unserialisable() -> Json<BTreeMap<(u8, u8), u8>> {
    Json(BTreeMap::from([((1, 2), 3)]))
}

#[tokio::test]
async fn whatever_is_a_response_is_answered() {
    let client = client();
    for (path, status, content_type, body) in [
        ("unit", 200, "", ""),
        ("text", 200, "text/plain; charset=utf-8", "text"),
        ("string", 200, "text/plain; charset=utf-8", "string"),
        ("cow", 200, "text/plain; charset=utf-8", "cow"),
        ("bytes", 200, "application/octet-stream", "bytes"),
        ("vec", 200, "application/octet-stream", "vec"),
        ("value", 200, "application/json", "[1]"),
        ("json", 200, "application/json", r#"{"a":1}"#),
        ("status", 202, "", ""),
        ("pair", 418, "text/plain; charset=utf-8", "short and stout"),
        ("some/1", 200, "application/json", "1"),
        ("fallible/7", 200, "text/plain; charset=utf-8", "7"),
        ("view", 404, "application/json", r#"{"Code":"NotFoundError","Message":"gone"}"#),
        ("sync", 200, "text/plain; charset=utf-8", "sync"),
        ("own", 200, "text/csv", "1,2"),
        ("failing", 409, "application/json", r#"{"Code":"ConflictError","Message":"into"}"#),
    ] {
        let response = client.get(&format!("/results/{path}")).send().await;
        let got = response.headers().get("content-type").map_or("", |value| value.to_str().unwrap());
        assert_eq!(
            (response.status().as_u16(), got, response.text().as_ref()),
            (status, content_type, body),
            "{path}"
        );
    }
    assert_eq!(client.get("/results/some/0").send().await.status(), 404);
    for path in ["fallible/x", "anyhow", "anyhow/question", "io", "boxed", "unserialisable"] {
        let response = client.get(&format!("/results/{path}")).send().await;
        assert_eq!(
            (response.status().as_u16(), response.json::<Value>().unwrap()["Code"].as_str()),
            (500, Some("InternalServerError")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn tuples_set_status_and_headers() {
    let client = client();
    for (path, status, content_type, body) in [
        ("headers", 200, "text/markdown", "# one"),
        ("status-and-headers", 201, "application/json", r#"{"a":1}"#),
        ("header-map", 202, "text/plain; charset=utf-8", "map"),
    ] {
        let response = client.get(&format!("/results/{path}")).send().await;
        let got = response.headers()["content-type"].to_str().unwrap();
        assert_eq!((response.status().as_u16(), got, response.text().as_ref()), (status, content_type, body));
        match path {
            "header-map" => assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2),
            _ => assert_eq!(response.headers()["x-one"], "1"),
        }
    }
    let response = client.get("/results/bad-header").send().await;
    assert_eq!(response.status(), 500);
    assert!(!response.text().contains("never sent"));
}

#[tokio::test]
async fn without_content_there_is_no_body() {
    let client = client();
    for path in ["no-content", "not-modified"] {
        assert_eq!(client.get(&format!("/results/{path}")).send().await.text(), "");
    }
    assert_eq!(client.get("/results/no-content").send().await.headers()["x-kept"], "yes");
}

#[tokio::test]
async fn sync_and_fallible_handlers_stay_callable() {
    assert_eq!(sync_text(), "sync");
    assert!(fallible("x".to_owned()).await.is_err());
}
