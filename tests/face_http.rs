//! Requests and responses as a user meets them: extractors, results, the table of answers, paths, front ends.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::str::FromStr;

use chalice_rt::prelude::*;
use serde::{Deserialize, Serialize};

fn client() -> TestClient {
    TestClient::new(app!("face").manage(Shop("corner")).register_middleware(identify, Http))
}

struct Shop(&'static str);

#[derive(Clone, Debug, PartialEq)]
struct User(String);

async fn identify(mut request: Request, next: Next<Request>) -> Result<Response> {
    if let Some(user) = request.headers().get("x-user") {
        let user = User(String::from_utf8_lossy(user.as_bytes()).into_owned());
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}

// ---- extractors ----

#[derive(Debug, PartialEq)]
struct Isbn(String);

impl FromStr for Isbn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() == 3 { Ok(Isbn(text.to_owned())) } else { Err(format!("secret {text}")) }
    }
}

#[get("/books/{isbn}/pages/{page}")]
async fn page(page: u16, isbn: Isbn) -> Value {
    json!({"isbn": isbn.0, "page": page})
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Item {
    id: u64,
    #[serde(default)]
    tags: Vec<String>,
}

#[post("/items")]
async fn create(item: Json<Item>) -> (StatusCode, Json<Item>) {
    assert_eq!(item.id, item.0.id);
    (StatusCode::CREATED, item)
}

#[post("/items/maybe")]
async fn maybe(item: Option<Json<Item>>) -> Value {
    json!(item.map(|item| item.0.id))
}

#[derive(Deserialize)]
struct Search {
    q: String,
    #[serde(default)]
    tag: Vec<String>,
    page: Option<u32>,
}

#[get("/search")]
async fn search(search: Query<Search>) -> Value {
    json!({"q": search.q, "tag": search.0.tag, "page": search.page})
}

#[get("/search/maybe")]
async fn search_maybe(search: Option<Query<Search>>) -> Value {
    json!(search.map(|search| search.0.q))
}

#[derive(Deserialize)]
struct Login {
    user: String,
    #[serde(default)]
    role: Vec<String>,
}

#[post("/login")]
async fn login(form: Form<Login>) -> Value {
    json!({"user": form.user, "role": form.0.role})
}

#[get("/everything")]
#[expect(clippy::too_many_arguments, reason = "every extractor at once")]
async fn everything(
    request: Request,
    headers: HeaderMap,
    body: Bytes,
    text: String,
    context: Context,
    shop: State<Shop>,
    user: Option<Extension<User>>,
    cookies: Cookies,
    missing: Option<State<u64>>,
    again: Request,
) -> Value {
    json!({
        "method": request.method().as_str(),
        "path": request.path(),
        "route": request.route(),
        "headers": headers.len() == request.headers().len(),
        "body": body.len(),
        "text": text,
        "context": context.request_id == request.context().request_id && !context.remaining_time().is_zero(),
        "shop": shop.0.0,
        "deref": shop.0.0.len() == State::clone(&shop).0.0.len(),
        "user": user.map(|user| user.0.0),
        "cookie": cookies.get("a"),
        "missing": missing.is_none(),
        "same": again.path() == request.path(),
        "kind": request.kind().to_string(),
        "original": request.original().get().contains("rawPath"),
    })
}

#[get("/extension")]
async fn extension(user: Extension<User>) -> String {
    let User(name) = user.0;
    name
}

struct Tenant(String);

impl<E: Event> FromEvent<E> for Tenant {
    fn from_event(event: &mut E) -> Result<Self> {
        let shop = State::<Shop>::from_event(event)?;
        Ok(Tenant(format!("{}/{}", shop.0.0, event.context().function_name)))
    }
}

struct Token(String);

impl FromEvent<Request> for Token {
    fn from_event(request: &mut Request) -> Result<Self> {
        let tenant = Tenant::from_event(request)?;
        let header = HeaderMap::from_event(request)?;
        let token = header.get("authorization").ok_or_else(|| UnauthorizedError::new("no token"))?;
        Ok(Token(format!("{}:{}", tenant.0, token.to_str()?)))
    }

    fn is_present(request: &Request) -> bool {
        request.headers().contains_key("authorization")
    }
}

#[get("/token")]
async fn token(token: Token, tenant: Tenant) -> String {
    assert!(token.0.starts_with(&tenant.0));
    token.0
}

#[get("/token/maybe")]
async fn token_maybe(token: Option<Token>) -> Value {
    json!(token.map(|token| token.0))
}

#[tokio::test]
async fn path_parameters_are_parsed_and_named_when_they_do_not() {
    let client = client();
    let response = client.get("/books/abc/pages/7").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"isbn": "abc", "page": 7}));
    let response = client.get("/books/abc/pages/x").send().await;
    assert_eq!(response.status(), 400);
    let body: Value = response.json().unwrap();
    assert_eq!(body["Code"], "BadRequestError");
    assert!(body["Message"].as_str().unwrap().contains("page"), "{body}");
    let response = client.get("/books/secret/pages/7").send().await;
    assert_eq!(response.status(), 400);
    let text = response.text();
    assert!(text.contains("isbn") && !text.contains("secret"), "{text}");
}

#[tokio::test]
async fn json_bodies() {
    let client = client();
    let response = client.post("/items").json(&json!({"id": 7, "tags": ["a"]})).send().await;
    assert_eq!((response.status(), response.json::<Item>().unwrap().id), (StatusCode::CREATED, 7));
    assert_eq!(response.headers()["content-type"], "application/json");
    for (body, status, code) in [
        (r#"{"id":"#, 400, "BadRequestError"),
        ("", 400, "BadRequestError"),
        (r#"{"id":"secret"}"#, 422, "UnprocessableEntityError"),
        (r#"{"tags":["secret"]}"#, 422, "UnprocessableEntityError"),
        (r#"{"id":1,"tags":"secret"}"#, 422, "UnprocessableEntityError"),
        (r#"[]"#, 422, "UnprocessableEntityError"),
    ] {
        let response = client.post("/items").body(body).send().await;
        let text = response.text().into_owned();
        assert_eq!(
            (response.status().as_u16(), response.json::<Value>().unwrap()["Code"].as_str()),
            (status, Some(code)),
            "{body}: {text}"
        );
        assert!(!text.contains("secret"), "{text}");
    }
    let text = client.post("/items").body(r#"{"tags":[]}"#).send().await.text().into_owned();
    assert!(text.contains("`id`"), "{text}");
    let none = client.post("/items/maybe").send().await;
    assert_eq!((none.status().as_u16(), none.text().as_ref()), (200, "null"));
    assert_eq!(client.post("/items/maybe").body("{").send().await.status(), 400);
    assert_eq!(client.post("/items/maybe").body("null").send().await.status(), 422);
}

#[tokio::test]
async fn queries_keep_repeated_keys_for_lists_and_the_last_otherwise() {
    let client = client();
    let response = client.get("/search?q=a&q=b&tag=x&tag=%E4%BD%A0&page=3").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"q": "b", "tag": ["x", "你"], "page": 3}));
    let response = client.get("/search").query("q", "a b&c").query("tag", "one").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"q": "a b&c", "tag": ["one"], "page": null}));
    for query in ["?q=a&page=secret", "", "?tag=x", "?q=%ff", "?q=a&page="] {
        let response = client.get(&format!("/search{query}")).send().await;
        let text = response.text();
        assert!(
            response.status() == 400 && text.contains("BadRequestError") && !text.contains("secret"),
            "{query}: {text}"
        );
    }
    assert_eq!(client.get("/search/maybe").send().await.text(), "null");
    assert_eq!(client.get("/search/maybe?x=1").send().await.status(), 400);
}

#[tokio::test]
async fn forms_have_their_own_content_type() {
    let client = client();
    let form = |body: &str| {
        client
            .post("/login")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_owned())
    };
    let response = form("user=a+b%21&role=x&role=y").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"user": "a b!", "role": ["x", "y"]}));
    assert_eq!(form("role=x").send().await.status(), 400);
    let response = client.post("/login").body("user=a").send().await;
    assert_eq!(response.status(), 415);
    let response = client.post("/login").json(&json!({"user": "a"})).send().await;
    assert_eq!(response.status(), 415);
}

#[tokio::test]
async fn every_extractor_has_what_it_reads_and_takes_nothing_away() {
    let response = client()
        .get("/everything")
        .header("x-user", "ada")
        .header("Cookie", "a=1; b=2")
        .body("hello")
        .send()
        .await;
    let body: Value = response.json().unwrap();
    assert_eq!(
        body,
        json!({
            "method": "GET", "path": "/everything", "route": "/everything", "headers": true, "body": 5, "text": "hello",
            "context": true, "shop": "corner", "deref": true, "user": "ada", "cookie": "1", "missing": true, "same": true,
            "kind": "http", "original": true,
        })
    );
}

#[tokio::test]
async fn an_extension_that_is_not_there_is_the_generic_500() {
    let client = client();
    assert_eq!(client.get("/extension").header("x-user", "ada").send().await.text(), "ada");
    let response = client.get("/extension").send().await;
    let generic = json!({"Code": "InternalServerError", "Message": "An internal server error occurred."});
    assert_eq!((response.status().as_u16(), response.json::<Value>().unwrap()), (500, generic));
}

#[tokio::test]
async fn own_extractors_call_others_and_say_when_they_are_absent() {
    let client = client();
    assert_eq!(client.get("/token").header("authorization", "t").send().await.text(), "corner/face:t");
    let response = client.get("/token").send().await;
    assert_eq!(
        response.json::<Value>().unwrap(),
        json!({"Code": "UnauthorizedError", "Message": "no token"})
    );
    assert_eq!(client.get("/token/maybe").send().await.text(), "null");
}

#[tokio::test]
async fn handlers_stay_callable() {
    assert_eq!(page(7, Isbn("abc".into())).await, json!({"isbn": "abc", "page": 7}));
    let (status, item) = create(Json(Item { id: 1, tags: vec![] })).await;
    assert_eq!((status, item.id), (StatusCode::CREATED, 1));
    assert_eq!(sync_text(), "sync");
    assert!(fallible("x".to_owned()).await.is_err());
}

// ---- results ----

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
async fn without_content_there_is_no_body() {
    let client = client();
    for path in ["no-content", "not-modified"] {
        assert_eq!(client.get(&format!("/results/{path}")).send().await.text(), "");
    }
    assert_eq!(client.get("/results/no-content").send().await.headers()["x-kept"], "yes");
}

// ---- Response ----

#[test]
fn setters_convert_and_never_panic() {
    let response = Response::new("a")
        .with_status(StatusCode::CREATED)
        .with_header("x-a", "1")
        .with_header("X-A", String::from("2"))
        .with_header(HeaderName::from_static("x-b"), HeaderValue::from_static("b"))
        .append_header("x-b", "c")
        .with_header("x-number", 7)
        .with_body(json!({"a": 1}));
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-a"], "2");
    assert_eq!(response.headers().get_all("x-b").iter().count(), 2);
    assert_eq!(response.json::<Value>().unwrap(), json!({"a": 1}));
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.error().is_none());
    let mut response = response;
    response.set_json(&json!([1, 2])).unwrap();
    assert_eq!(response.text(), "[1,2]");
    *response.body_mut() = Bytes::from_static(b"raw");
    assert_eq!(response.body(), &Bytes::from_static(b"raw"));
    response.headers_mut().insert("x-c", HeaderValue::from_static("c"));
    let text: Cow<'_, str> = response.text();
    assert_eq!(text, "raw");
    assert!(response.json::<u8>().is_err());
    assert!(response.extensions().get::<u8>().is_none());
}

#[test]
fn a_header_that_is_not_allowed_marks_the_response_at_once() {
    for response in [
        Response::new("a").with_header("x-bad", "line\nbreak"),
        Response::new("a").with_header("bad name", "x"),
        Response::new("a").append_header("x-bad", "\0"),
        Response::new("a").with_header("", "x"),
        Response::new("a").with_header(String::from("ü"), "x"),
    ] {
        assert_eq!(response.status(), 500);
        assert!(response.error().is_some());
        let response = response.with_status(200).with_body("fine").with_header("x-good", "1");
        assert_eq!(response.status(), 500);
        assert!(response.error().is_some());
    }
    let response = Response::new("a").with_header("x-bad", "secret\r\nx: y");
    let text = response.error().unwrap().to_string();
    assert!(text.contains("x-bad") && !text.contains("secret"), "{text}");
    assert_eq!(Response::new("a").with_status(9999).status(), 500);
    assert_eq!(Response::new("a").with_status(42).status(), 500);
}

// ---- the table of answers ----

#[route("/plain", methods = ["POST", "PUT"], content_types = ["text/plain"])]
async fn plain(body: String) -> String {
    body
}

#[route("/any", methods = ["POST"], content_types = [])]
async fn any_type(body: Bytes) -> String {
    body.len().to_string()
}

#[route("/stars", methods = ["POST"], content_types = ["*/*"])]
async fn stars(body: Bytes) -> String {
    body.len().to_string()
}

#[route("/own-options", methods = ["GET", "OPTIONS"])]
async fn own_options(request: Request) -> String {
    format!("own {}", request.method())
}

#[route("/own-head", methods = ["HEAD"])]
async fn own_head() -> Response {
    Response::new("").with_header("x-head", "own")
}

#[get("/own-head")]
async fn own_get() -> &'static str {
    "got"
}

#[tokio::test]
async fn content_types() {
    let client = client();
    let post =
        |path: &str, content_type: &str| client.post(path).header("content-type", content_type).body("x");
    assert_eq!(post("/plain", "text/plain; charset=utf-8").send().await.status(), 200);
    for response in
        [client.post("/plain").body("x").send().await, post("/plain", "application/json").send().await]
    {
        let body: Value = response.json().unwrap();
        assert_eq!((response.status().as_u16(), &body["Code"]), (415, &json!("UnsupportedMediaType")));
    }
    assert_eq!(post("/items", "text/plain").send().await.status(), 415);
    for path in ["/any", "/stars"] {
        assert_eq!(post(path, "image/png").send().await.status(), 200);
        assert_eq!(client.post(path).body("x").send().await.status(), 200);
    }
    assert_eq!(client.get("/search?q=1").header("content-type", "text/plain").send().await.status(), 415);
    assert_eq!(
        client.get("/search?q=1").header("content-type", "application/json").send().await.status(),
        200
    );
}

fn allow(response: &Response) -> Vec<String> {
    let allow = response.headers().get("allow").map_or("", |value| value.to_str().unwrap());
    let mut methods: Vec<String> = allow.split(',').map(|method| method.trim().to_owned()).collect();
    methods.sort();
    methods
}

#[tokio::test]
async fn methods_without_a_route() {
    let client = client();
    let response = client.delete("/plain").send().await;
    let body: Value = response.json().unwrap();
    assert_eq!((response.status().as_u16(), &body["Code"]), (405, &json!("MethodNotAllowedError")));
    assert_eq!(allow(&response), ["POST", "PUT"]);
    let response = client.post("/everything").send().await;
    assert_eq!((response.status().as_u16(), allow(&response)), (405, vec!["GET".to_owned()]));
    let response = client.options("/everything").send().await;
    assert_eq!((response.status().as_u16(), response.text().as_ref()), (204, ""));
    assert_eq!(allow(&response), ["GET", "HEAD", "OPTIONS"]);
    assert_eq!(client.options("/own-options").send().await.text(), "own OPTIONS");
    assert_eq!(client.options("/nowhere").send().await.status(), 404);
    assert_eq!(client.request("PROPFIND", "/plain").send().await.status(), 405);
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let client = client();
    let response = client.head("/results/json").send().await;
    assert_eq!((response.status().as_u16(), response.text().as_ref()), (200, ""));
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(client.head("/own-head").send().await.headers()["x-head"], "own");
    assert_eq!(client.head("/plain").send().await.status(), 405);
    assert_eq!(client.head("/nowhere").send().await.status(), 404);
}

#[tokio::test]
async fn nothing_there_is_a_404_in_json() {
    let response = client().get("/nowhere").send().await;
    let body: Value = response.json().unwrap();
    assert_eq!((response.status().as_u16(), &body["Code"]), (404, &json!("NotFoundError")));
    assert!(response.error().is_none(), "the client sees what leaves the process");
}

// ---- paths ----

#[get("/files/{rest+}")]
async fn rest(rest: String, request: Request) -> String {
    format!("{rest}|{}", request.param("rest").unwrap())
}

#[get("/files/special")]
async fn special() -> &'static str {
    "literal"
}

#[get("/files/{one}/info")]
async fn info(one: String) -> String {
    format!("info {one}")
}

#[get("/%E4%B8%AD%E6%96%87/a%20b/{word}")]
async fn chinese(word: String) -> String {
    word
}

#[get("/x/{a}/y/{b}")]
async fn two(_a: String, b: String, request: Request) -> Value {
    assert_eq!(request.param("b"), Some(b.as_str()));
    json!(request.path_params().collect::<Vec<_>>())
}

#[get("/with.dots/v1~x/{a}")]
async fn dots(a: String) -> String {
    a
}

#[tokio::test]
async fn paths_are_decoded_once_and_slashes_in_segments_stay() {
    let client = client();
    for (path, text) in [
        ("/files/a/b/c", "a/b/c|a/b/c"),
        ("/files/special", "literal"),
        ("/files/a/info", "info a"),
        ("/files/a%2Fb/info", "info a/b"),
        ("/files/a%252Fb/info", "info a%2Fb"),
        ("/files/a%20b/c%2Fd", "a b/c/d|a b/c/d"),
        ("/files/one", "one|one"),
        ("/%E4%B8%AD%E6%96%87/a%20b/%E4%BD%A0%E5%A5%BD", "你好"),
        ("/%e4%b8%ad%e6%96%87/a%20b/你好", "你好"),
        ("/with.dots/v1~x/a+b", "a+b"),
        ("/with%2Edots/v1%7Ex/%2Fa", "/a"),
        ("/x/1/y/%2F", r#"[["a","1"],["b","/"]]"#),
        ("/x/1/y/2/", r#"[["a","1"],["b","2"]]"#),
        ("/files/special/", "literal"),
    ] {
        let response = client.get(path).send().await;
        assert_eq!((response.status().as_u16(), response.text().as_ref()), (200, text), "{path}");
    }
    for path in ["/files", "/x/1/y", "/x//y/2", "/../..", "//", "/X/1/y/2"] {
        let response = client.get(path).send().await;
        assert_eq!(response.status(), 404, "{path}: {}", response.text());
    }
    for path in ["/files/%", "/files/%zz", "/files/%ff"] {
        assert_eq!(client.get(path).send().await.status(), 400, "{path}");
    }
}

#[tokio::test]
async fn strict_slashes_tell_paths_apart() {
    let client = TestClient::new(app!("face").manage(Shop("")).strict_slashes());
    assert_eq!(client.get("/files/special").send().await.text(), "literal");
    assert_eq!(client.get("/results/text/").send().await.status(), 404);
}

#[get("/twice")]
#[post("/twice")]
#[route("/thrice", methods = ["GET", "DELETE"])]
async fn twice(request: Request) -> String {
    format!("{} {}", request.method(), request.route().unwrap_or("?"))
}

#[tokio::test]
async fn several_routes_stand_on_one_function() {
    let client = client();
    assert_eq!(client.get("/twice").send().await.text(), "GET /twice");
    assert_eq!(client.post("/twice").send().await.text(), "POST /twice");
    assert_eq!(client.delete("/thrice").send().await.text(), "DELETE /thrice");
}

// ---- requests and front ends ----

#[route("/request/{id}", methods = ["POST"], content_types = [])]
async fn describe(_id: String, request: Request) -> Result<Value> {
    let all: Vec<(String, String)> =
        request.query().iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let ip: Option<IpAddr> = request.client_ip();
    Ok(json!({
        "id": request.param("id"),
        "no": request.param("no"),
        "get": request.query().get("k"),
        "all": request.query().get_all("k").collect::<Vec<_>>(),
        "iter": all,
        "stage": request.stage(),
        "variables": request.stage_variables(),
        "authorizer": request.request_context()["authorizer"],
        "ip": ip,
        "body": request.body().len(),
        "header": request.headers().get("x-h").map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
    }))
}

async fn described(event: Value) -> Value {
    let answer = client().send(event).await.unwrap();
    assert_eq!(answer["statusCode"], 200, "{answer}");
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn rest_api() {
    let event = json!({
        "resource": "/request/{id}", "path": "/request/a%2Fb", "httpMethod": "POST",
        "headers": {"X-H": "last"}, "multiValueHeaders": {"X-H": ["first", "last"]},
        "queryStringParameters": {"k": "b%20"}, "multiValueQueryStringParameters": {"k": ["a+", "b%20"]},
        "pathParameters": {"id": "a/b"}, "stageVariables": {"v": "1"},
        "requestContext": {"stage": "prod", "path": "/prod/request/a%2Fb", "identity": {"sourceIp": "1.2.3.4"}, "authorizer": {"principalId": "p"}, "unknown": {"x": [1]}},
        "body": "aGk=", "isBase64Encoded": true, "unknown": true
    });
    let described = described(event).await;
    assert_eq!(
        described,
        json!({
            "id": "a/b", "no": null, "get": "b%20", "all": ["a+", "b%20"], "iter": [["k", "a+"], ["k", "b%20"]], "stage": "prod",
            "variables": {"v": "1"}, "authorizer": {"principalId": "p"}, "ip": "1.2.3.4", "body": 2, "header": "first",
        })
    );
}

#[tokio::test]
async fn absent_and_null_are_the_same() {
    let event = json!({"path": "/request/7", "httpMethod": "POST", "requestContext": {"stage": null}, "headers": null, "multiValueHeaders": null, "queryStringParameters": null, "body": null, "isBase64Encoded": null, "cookies": null, "stageVariables": null, "pathParameters": null});
    let described = described(event).await;
    assert_eq!(described["id"], "7");
    assert_eq!(
        (&described["body"], &described["ip"], &described["iter"]),
        (&json!(0), &Value::Null, &json!([]))
    );
}

#[tokio::test]
async fn http_api() {
    let event = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/prod/request/a%2Fb", "rawQueryString": "k=a+b&k=c%20d",
        "cookies": ["a=1", "b=2"], "headers": {"x-h": "1,2"}, "queryStringParameters": {"k": "wrong"},
        "requestContext": {"stage": "prod", "domainName": "x.execute-api.eu-west-1.amazonaws.com", "http": {"method": "POST", "path": "/prod/request/a%2Fb", "sourceIp": "::1"}, "authorizer": {"jwt": {"claims": {"sub": "s"}}}},
        "isBase64Encoded": false
    });
    let described = described(event).await;
    assert_eq!(described["id"], "a%2Fb", "an HTTP API has decoded the path already");
    assert_eq!(
        (&described["all"], &described["ip"], &described["header"]),
        (&json!(["a b", "c d"]), &json!("::1"), &json!("1,2"))
    );
}

#[tokio::test]
async fn load_balancer() {
    let event = json!({
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}}, "httpMethod": "POST", "path": "/request/a%2Fb",
        "queryStringParameters": {"k": "a%20b"}, "headers": {"x-h": "1", "x-forwarded-for": "9.9.9.9, 10.0.0.1"}, "body": "", "isBase64Encoded": false
    });
    let described = described(event).await;
    assert_eq!(
        (&described["id"], &described["get"], &described["ip"]),
        (&json!("a/b"), &json!("a b"), &json!("10.0.0.1"))
    );
    assert_eq!(described["stage"], "");
}

#[get("/answers")]
async fn answers() -> Response {
    Response::new("hi")
        .with_header("x-one", "1")
        .append_header("x-two", "a")
        .append_header("x-two", "b")
        .append_header("set-cookie", "a=1")
        .append_header("set-cookie", "b=2")
}

#[get("/binary")]
async fn binary() -> Response {
    Response::new(vec![0_u8, 255]).with_header("content-type", "image/png")
}

#[tokio::test]
async fn each_front_end_is_answered_in_its_own_shape() {
    let client = client();
    let rest = client.send(events::http("GET", "/answers").stage("prod")).await.unwrap();
    assert_eq!((&rest["statusCode"], &rest["body"]), (&json!(200), &json!("hi")));
    assert_eq!(rest["headers"]["x-one"], "1");
    assert_eq!(rest["multiValueHeaders"]["x-two"], json!(["a", "b"]));
    assert_eq!(rest["multiValueHeaders"]["set-cookie"], json!(["a=1", "b=2"]));
    for event in [events::http("GET", "/answers").http_api(), events::http("GET", "/answers").function_url()]
    {
        let answer = client.send(event).await.unwrap();
        assert_eq!(answer["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(
            (&answer["headers"]["x-two"], &answer["headers"]["set-cookie"]),
            (&json!("a, b"), &Value::Null)
        );
        assert_eq!(answer["isBase64Encoded"], false);
    }
    let answer = client.send(events::http("GET", "/results/unit").function_url()).await.unwrap();
    assert_eq!((&answer["headers"], &answer["cookies"]), (&json!({}), &json!([])));
    let answer = client.send(events::http("GET", "/answers").alb_multi_value()).await.unwrap();
    assert_eq!(answer["multiValueHeaders"]["set-cookie"], json!(["a=1", "b=2"]));
    assert!(answer["statusDescription"].as_str().is_some_and(|text| text.starts_with("200")), "{answer}");
    assert!(answer.get("headers").is_none_or(Value::is_null), "{answer}");
    let answer = client.send(events::http("GET", "/answers").alb()).await.unwrap();
    assert_eq!(answer["headers"]["x-one"], "1");
    assert!(answer.get("multiValueHeaders").is_none_or(Value::is_null), "{answer}");
    let answer = client.send(events::http("GET", "/binary").function_url()).await.unwrap();
    assert_eq!((&answer["body"], &answer["isBase64Encoded"]), (&json!("AP8="), &json!(true)));
}

#[test]
fn requests_are_made_from_json_for_tests() {
    let event = json!({"httpMethod": "PUT", "path": "/a%20b", "headers": {"a": "1"}, "body": "{\"id\": 1}", "requestContext": {}});
    let mut request = Request::from_value(event, Context::default()).unwrap();
    assert_eq!((request.method(), request.path(), request.route()), (&Method::PUT, "/a b", None));
    assert_eq!(request.json::<Item>().unwrap(), Item { id: 1, tags: vec![] });
    assert_eq!(request.text().unwrap(), "{\"id\": 1}");
    request.headers_mut().insert("b", HeaderValue::from_static("2"));
    request.set_body("new");
    request.set_body(Bytes::from_static(b"newer"));
    request.set_body(json!({"a": 1}));
    assert_eq!((request.headers().len(), request.text().unwrap()), (2, r#"{"a":1}"#));
    request.extensions_mut().insert(7_u8);
    assert_eq!(request.clone().extensions().get::<u8>(), Some(&7));
    request.headers_mut().insert("authorization", HeaderValue::from_static("secret"));
    assert!(!format!("{request:?}").contains("secret"));
}
