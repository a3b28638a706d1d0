//! The bodies that a route takes, by media type.

use super::*;

#[post("/types/json")]
async fn typed(item: Json<Item>) -> Value {
    json!(item.id)
}

#[post("/types/maybe")]
async fn maybe(item: Option<Json<Item>>) -> Value {
    json!(item.map(|item| item.id))
}

#[post("/types/text")]
async fn untyped(body: String) -> String {
    body
}

#[post("/types/listed", content_types = ["application/json", "text/plain"])]
async fn listed(body: String) -> String {
    body
}

async fn status(path: &str, content_type: &str) -> u16 {
    let client = client();
    let request = client.post(path).header("content-type", content_type).body(r#"{"id": 7}"#);
    request.send().await.status().as_u16()
}

#[tokio::test]
async fn json_is_what_says_so_by_its_media_type() {
    for taken in ["application/json", "Application/JSON; Charset=UTF-8", "application/vnd.api+json"] {
        assert_eq!(status("/types/json", taken).await, 200, "{taken}");
    }
}

#[tokio::test]
async fn what_only_looks_like_json_is_refused() {
    for refused in [
        "text/plain; application/json",
        "text/plain;a=*/*",
        "application/x-www-form-urlencoded;application/json",
        "text/plain, application/json",
        "*/*",
        "",
    ] {
        assert_eq!(status("/types/json", refused).await, 415, "{refused}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_its_type_is_not_read_as_json() {
    for path in ["/types/json", "/types/maybe", "/types/listed"] {
        let response = client().post(path).body(r#"{"id": 7}"#).send().await;
        let error: Value = response.json().unwrap();
        assert_eq!(
            (response.status().as_u16(), &error["Code"]),
            (415, &json!("UnsupportedMediaType")),
            "{path}"
        );
        assert!(error["Message"].as_str().unwrap().contains("`content-type: application/json`"), "{error}");
    }
    let text = client().post("/types/text").body("hi").send().await;
    assert_eq!((text.status().as_u16(), text.text().as_ref()), (200, "hi"));
}

#[tokio::test]
async fn a_request_without_a_body_needs_no_type() {
    assert_eq!(client().post("/types/maybe").send().await.text(), "null");
    assert_eq!(client().post("/types/listed").send().await.status(), 200);
}

#[tokio::test]
async fn an_event_of_a_tool_that_tells_of_no_headers_counts_as_json() {
    for headers in [json!({}), json!({"headers": null, "multiValueHeaders": null})] {
        let mut event = json!({"httpMethod": "POST", "path": "/types/json", "body": r#"{"id": 7}"#});
        event.as_object_mut().unwrap().extend(headers.as_object().unwrap().clone());
        assert_eq!(client().send(event).await.unwrap()["body"], "7");
    }
}
