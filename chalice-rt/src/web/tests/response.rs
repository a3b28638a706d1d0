use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::*;
use crate::web::{IntoBody, IntoResponse, OutgoingResponse, Response, ResponseFormat};

#[test]
fn setters_take_what_converts() {
    let response = Response::new("a")
        .with_status(418)
        .with_header("x-number", 5)
        .with_header(String::from("x-text"), String::from("a"))
        .append_header("x-text", "b");
    assert_eq!(response.status(), StatusCode::IM_A_TEAPOT);
    assert_eq!(response.headers()["x-number"], "5");
    assert_eq!(response.headers().get_all("x-text").iter().count(), 2);
    assert_eq!(response.with_header("X-Text", "c").headers().get_all("x-text").iter().count(), 1);
}

#[test]
fn the_content_type_is_that_of_the_body_unless_a_header_says_so() {
    let of =
        |response: &Response| response.headers()["content-type"].to_str().expect("a valid case").to_owned();
    let response = Response::new(json!({}));
    assert_eq!(of(&response), "application/json");
    assert_eq!(of(&response.clone().with_body("text")), "text/plain; charset=utf-8");
    assert_eq!(of(&response.clone().with_header("content-type", "a/b").with_body("text")), "a/b");
    assert_eq!(response.with_body(()).headers(), &HeaderMap::new());
    let mut response = Response::new("x").with_header("content-type", "a/b").with_status(201);
    response.set_json(&[1]).expect("a valid case");
    assert_eq!((of(&response).as_str(), response.status().as_u16()), ("application/json", 201));
    assert_eq!(response.json::<Vec<u8>>().expect("a valid case"), [1]);
}

#[test]
fn what_http_does_not_allow_makes_a_500_for_good() {
    let broken = [
        Response::new("x").with_header("x-bad", "a\nb"),
        Response::new("x").with_header("x-bad", "a\rb"),
        Response::new("x").append_header("x bad", "a"),
        Response::new("x").with_status(99),
    ];
    for response in broken {
        assert_eq!(
            (response.status().as_u16(), response.text().as_ref()),
            (500, Response::generic().text().as_ref())
        );
        assert!(response.error().is_some());
        let mut response = response.with_status(200).with_body("y").with_header("content-type", "text/html");
        *response.body_mut() = "z".into_body().into_bytes();
        let form = ResponseFormat::of(&request(rest(json!({}))));
        let answer: Value = serde_json::from_slice(
            &OutgoingResponse::new(&form, response, None).json().expect("a valid case"),
        )
        .expect("a valid case");
        assert_eq!(
            (&answer["statusCode"], &answer["body"]),
            (&json!(500), &json!(Response::generic().text()))
        );
        assert_eq!(answer["headers"]["content-type"], "application/json");
    }
    let error = Response::new("x")
        .with_header("vary", "Origin")
        .with_header("x-a", "1")
        .with_header("x-bad", "secret\n");
    assert!(error.headers().contains_key("vary") && !error.headers().contains_key("x-a"));
    assert!(error.error().expect("a valid case").to_string().contains("`x-bad`"));
    assert!(!format!("{error:?}").contains("secret"));
}

#[test]
fn what_routes_return_becomes_a_response() {
    let status = |response: Result<Response>| response.map(|response| response.status().as_u16()).ok();
    assert_eq!(status(().into_response()), Some(200));
    assert_eq!(status(StatusCode::NO_CONTENT.into_response()), Some(204));
    assert_eq!(status((StatusCode::CREATED, "x").into_response()), Some(201));
    assert_eq!(status(Some("x").into_response()), Some(200));
    assert_eq!(None::<&str>.into_response().expect_err("an error").type_name(), "NotFoundError");
    assert_eq!(
        Err::<(), _>(std::fmt::Error).into_response().expect_err("an error").to_string(),
        std::fmt::Error.to_string()
    );
    assert_eq!(Value::Null.into_response().expect("a valid case").text(), "null");
}

#[test]
fn a_response_is_one_pointer_wide() {
    assert_eq!(size_of::<Response>(), size_of::<usize>());
}
