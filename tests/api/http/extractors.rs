//! Extractors as arguments of routes.

use std::str::FromStr;

use super::*;

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
        "text": String::from_utf8_lossy(&body),
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
        let response =
            client.post("/items").header("content-type", "application/json").body(body).send().await;
        let text = response.text().into_owned();
        assert_eq!(
            (response.status().as_u16(), response.json::<Value>().unwrap()["Code"].as_str()),
            (status, Some(code)),
            "{body}: {text}"
        );
        assert!(!text.contains("secret"), "{text}");
    }
    let text = client
        .post("/items")
        .header("content-type", "application/json")
        .body(r#"{"tags":[]}"#)
        .send()
        .await
        .text()
        .into_owned();
    assert!(text.contains("`id`"), "{text}");
    let none = client.post("/items/maybe").send().await;
    assert_eq!((none.status().as_u16(), none.text().as_ref()), (200, "null"));
    assert_eq!(
        client
            .post("/items/maybe")
            .header("content-type", "application/json")
            .body("{")
            .send()
            .await
            .status(),
        400
    );
    assert_eq!(
        client
            .post("/items/maybe")
            .header("content-type", "application/json")
            .body("null")
            .send()
            .await
            .status(),
        422
    );
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
}
