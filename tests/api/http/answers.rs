//! The table of answers to requests that no handler serves.

use super::*;

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
