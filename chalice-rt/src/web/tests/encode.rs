use std::borrow::ToOwned;

use http::HeaderValue;
use serde_json::json;

use super::*;
use crate::web::front_end::FrontEnd;
use crate::web::{OutgoingResponse, Response, ResponseFormat, encode_websocket, read_response};

fn answer(event: Value, response: Response) -> Value {
    let form = ResponseFormat::of(&request(event));
    serde_json::from_slice(&OutgoingResponse::new(&form, response, None).json().expect("a valid case"))
        .expect("a valid case")
}

fn cookies() -> Response {
    Response::new("é")
        .with_status(201)
        .append_header("set-cookie", "a=1; Expires=Thu, 01 Jan")
        .append_header("set-cookie", "b=2")
        .append_header("x-two", "1")
        .append_header("x-two", "2")
}

const TEXT: &str = "text/plain; charset=utf-8";

#[test]
fn a_rest_api_takes_single_and_several_values_apart() {
    let several = json!({"set-cookie": ["a=1; Expires=Thu, 01 Jan", "b=2"], "x-two": ["1", "2"]});
    let expected = json!({"statusCode": 201, "headers": {"content-type": TEXT}, "multiValueHeaders": several,
        "body": "é", "isBase64Encoded": false});
    assert_eq!(answer(rest(json!({})), cookies()), expected);
    assert_eq!(answer(rest(json!({"version": "1.0"})), cookies()), expected);
}

#[test]
fn payload_2_takes_cookies_apart_and_joins_the_rest() {
    let expected = json!({"statusCode": 201, "headers": {"content-type": TEXT, "x-two": "1, 2"},
        "cookies": ["a=1; Expires=Thu, 01 Jan", "b=2"], "body": "é", "isBase64Encoded": false});
    assert_eq!(answer(http_api(json!({})), cookies()), expected);
    assert_eq!(answer(function_url(json!({})), cookies()), expected);
    let empty =
        json!({"statusCode": 200, "headers": {}, "cookies": [], "body": "", "isBase64Encoded": false});
    assert_eq!(answer(http_api(json!({})), Response::new(())), empty);
}

#[test]
fn a_load_balancer_takes_what_it_has_sent() {
    let multi = answer(alb(json!({"multiValueHeaders": {}})), cookies());
    assert_eq!(multi["multiValueHeaders"]["x-two"], json!(["1", "2"]));
    assert_eq!((&multi["headers"], &multi["statusDescription"]), (&Value::Null, &json!("201 Created")));
    let single = answer(alb(json!({})), cookies());
    let headers = json!({"content-type": TEXT, "x-two": "1, 2", "set-cookie": "a=1; Expires=Thu, 01 Jan",
        "Set-cookie": "b=2"});
    assert_eq!((&single["headers"], &single["multiValueHeaders"]), (&headers, &Value::Null));
}

#[test]
fn bytes_are_never_sent_as_text() {
    let zipped = Response::new("text").with_header("content-encoding", "gzip");
    let bytes = Response::new(vec![0xff, 0]).with_header("content-type", "text/plain");
    let image = Response::new("png").with_header("content-type", "image/png");
    for (response, body) in [(zipped, "dGV4dA=="), (bytes, "/wA="), (image, "cG5n")] {
        let answer = answer(http_api(json!({})), response);
        assert_eq!((answer["body"].as_str(), answer["isBase64Encoded"].as_bool()), (Some(body), Some(true)));
    }
}

#[test]
fn a_rest_api_sends_bytes_to_those_who_accept_some() {
    let image = || {
        Response::new("png")
            .with_header("content-type", "image/png")
            .with_header("access-control-allow-origin", "*")
    };
    for accept in ["image/png", "text/html,*/*;q=0.8", "video/webm", "image/avif,image/*;q=0.8"] {
        let event = rest(json!({"multiValueHeaders": {"Accept": [accept]}}));
        assert_eq!(answer(event, image())["statusCode"], 200, "{accept}");
    }
    for headers in [json!({"Accept": ["text/html"]}), json!({"Accept": ["image/*;q=0"]}), json!({})] {
        let answer = answer(rest(json!({"headers": null, "multiValueHeaders": headers})), image());
        assert_eq!(answer["statusCode"], 400);
        assert!(
            answer["body"]
                .as_str()
                .expect("a valid case")
                .starts_with(r#"{"Code":"BadRequest","Message":"Request did not"#)
        );
        assert_eq!(answer["headers"]["access-control-allow-origin"], "*");
    }
    assert_eq!(answer(http_api(json!({"headers": {}})), image())["statusCode"], 200);
}

#[test]
fn an_app_names_its_own_binary_types() {
    let form = ResponseFormat::of(&request(http_api(json!({}))));
    let types = ["application/x-own".to_owned()];
    let own = Response::new("a").with_header("content-type", "application/x-own");
    let answer: Value = serde_json::from_slice(
        &OutgoingResponse::new(&form, own, Some(&types)).json().expect("a valid case"),
    )
    .expect("a valid case");
    assert_eq!(answer["body"], "YQ==");
}

#[test]
fn some_answers_have_no_body() {
    for status in [204, 304] {
        assert_eq!(answer(rest(json!({})), Response::new("x").with_status(status))["body"], "");
    }
    let head = answer(rest(json!({"httpMethod": "HEAD"})), Response::new(vec![0xff]).with_header("x-a", "1"));
    assert_eq!((&head["body"], &head["headers"]["x-a"]), (&json!(""), &json!("1")));
    assert_eq!(head["isBase64Encoded"], false);
}

#[test]
fn an_answer_that_lambda_does_not_take_is_an_error() {
    let form = ResponseFormat::of(&request(rest(json!({}))));
    let error = OutgoingResponse::new(&form, Response::new("x".repeat(6_291_556)), None)
        .json()
        .expect_err("an error")
        .to_string();
    assert!(error.contains("6291556") && error.starts_with("the answer has 62916"), "{error}");
    assert!(OutgoingResponse::new(&form, Response::new("x".repeat(6_291_000)), None).json().is_ok());
}

#[test]
fn a_websocket_answer_is_status_headers_body() {
    let answer: Value =
        serde_json::from_slice(&encode_websocket(Response::new(json!({"a": 1}))).expect("a valid case"))
            .expect("a valid case");
    let headers = json!({"content-type": "application/json"});
    assert_eq!(answer, json!({"statusCode": 200, "headers": headers, "body": "{\"a\":1}"}));
}

#[test]
fn a_response_leaves_as_its_json_says() {
    let several = || {
        Response::new("a\u{1}ü")
            .append_header("x-many", "1")
            .append_header("x-many", HeaderValue::from_bytes(b"\xfc").expect("a value"))
            .append_header("set-cookie", "a=1")
            .append_header("set-cookie", "b=2")
    };
    let responses = [several(), Response::new(vec![0xff_u8, 0]), Response::new(()).with_status(204)];
    let form = ResponseFormat::of(&request(function_url(json!({}))));
    for response in responses {
        let sent = OutgoingResponse::new(&form, response.clone(), None).into_http().expect("a response");
        let json = OutgoingResponse::new(&form, response, None).json().expect("JSON");
        let read = read_response(&json).expect("a response");
        assert_eq!((sent.status(), sent.body()), (read.status(), read.body()));
        assert_eq!(sent.headers(), read.headers());
    }
}

#[test]
fn a_response_that_lambda_would_not_take_does_not_leave() {
    let form = ResponseFormat::of(&request(function_url(json!({}))));
    assert!(OutgoingResponse::new(&form, Response::new("x".repeat(6_291_000)), None).into_http().is_ok());
    assert!(
        OutgoingResponse::new(&form, Response::new("\u{1}".repeat(1_100_000)), None).into_http().is_err()
    );
}

#[test]
fn a_response_that_cannot_be_written_is_the_generic_500() {
    let mut format = ResponseFormat::of(&request(function_url(json!({}))));
    format.front_end = &FrontEnd::BROKEN;
    let json = OutgoingResponse::new(&format, Response::new("x").with_header("x-broken", "1"), None).json();
    let read = read_response(&json.expect("JSON")).expect("a response");
    assert_eq!((read.status().as_u16(), read.body()), (500, Response::generic().body()));
}

/// An event of each front end.
fn front_ends() -> [Value; 6] {
    let v1 = rest(json!({"version": "1.0"}));
    let none = json!({});
    [
        rest(none.clone()),
        v1,
        http_api(none.clone()),
        function_url(none.clone()),
        alb(none),
        alb(json!({"multiValueHeaders": {}})),
    ]
}

#[test]
fn headers_of_a_connection_never_leave() {
    let passed_on = || {
        Response::new("hi")
            .with_header("connection", "close, x-hop")
            .with_header("content-length", "2000")
            .with_header("transfer-encoding", "chunked")
            .with_header("keep-alive", "timeout=5")
            .with_header("upgrade", "h2c")
            .with_header("x-hop", "1")
            .with_header("x-stays", "1")
    };
    for event in front_ends() {
        let answer = answer(event, passed_on()).to_string();
        assert!(answer.contains("x-stays"));
        for name in ["connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "x-hop"] {
            assert!(!answer.contains(name), "{name} in {answer}");
        }
    }
    let form = ResponseFormat::of(&request(function_url(json!({}))));
    let sent = OutgoingResponse::new(&form, passed_on(), None).into_http().expect("a response");
    assert_eq!(sent.headers().keys().collect::<Vec<_>>(), ["content-type", "x-stays"]);
    let websocket = encode_websocket(passed_on()).expect("an answer");
    assert!(!String::from_utf8_lossy(&websocket).contains("chunked"));
}

#[test]
fn an_answer_with_more_headers_than_a_map_holds_is_a_500() {
    let many = |count| (0..count).fold(Response::new("hi"), |all, n| all.append_header("x-many", n));
    for event in front_ends() {
        assert_eq!(answer(event.clone(), many(24_575))["statusCode"], 200);
        assert_eq!(answer(event, many(24_576))["statusCode"], 500);
    }
    let form = ResponseFormat::of(&request(function_url(json!({}))));
    let sent = OutgoingResponse::new(&form, many(30_000), None).into_http().expect("a response");
    assert_eq!((sent.status().as_u16(), sent.headers().len()), (500, 1));
}
