//! Paths and their parameters.

use super::*;

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
