//! `Response`: its setters and getters.

use std::borrow::Cow;

use super::*;

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

#[test]
fn debug_of_requests_and_responses_shows_names_and_sizes() {
    let event = events::http("POST", "/users/7?token=secret")
        .header("Authorization", "secret")
        .header("X-Custom", "secret")
        .cookie("session", "secret")
        .body("secret");
    let request = Request::from_value(event.into(), Context::default()).unwrap();
    let response = Response::new("secret").with_header("x-token", "secret");
    for (shown, name) in [(format!("{request:?}"), "x-custom"), (format!("{response:?}"), "x-token")] {
        assert!(!shown.contains("secret") && shown.contains(name) && shown.contains("6 bytes"), "{shown}");
    }
}
