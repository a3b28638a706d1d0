//! Property tests: for any text, a request has what the front end wrote, and the client receives what the response has.

use http::HeaderValue;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Map;

use super::*;
use crate::web::{OutgoingResponse, Response, ResponseFormat, read_response};

/// The pairs, in which a name has its values in order.
fn by_name<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, Vec<String>)> {
    let mut names: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in pairs {
        match names.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value.to_owned()),
            None => names.push((name.to_owned(), vec![value.to_owned()])),
        }
    }
    names.sort();
    names
}

/// The pairs as an object of lists, each text written by `write`.
fn lists(pairs: &[(String, String)], write: impl Fn(&str) -> String) -> Value {
    let names = by_name(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let list = |(name, values): &(String, Vec<String>)| {
        (write(name), values.iter().map(|value| write(value)).collect::<Value>())
    };
    names.iter().map(list).collect::<Map<_, _>>().into()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn url_encoded(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Texts with the characters that have a meaning in URLs, JSON and headers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a%+&=;/?#\"\\\\ \u{e9}\u{20ac}0-9]{0,12}"]
}

/// Names and values of queries. Names are not empty, since a load balancer and a URL drop such pairs.
fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((text().prop_filter("a name", |name| !name.is_empty()), text()), 0..8)
}

/// Values of headers as front ends pass them: trimmed, and without commas, which would split them.
fn header_value() -> impl Strategy<Value = String> {
    "[!-+--~\u{e9}]([ -+--~\u{e9}]{0,10}[!-+--~\u{e9}])?"
}

fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    vec(("x-[a-z0-9]{1,3}", header_value()), 0..8)
}

fn cookies() -> impl Strategy<Value = Vec<(String, String)>> {
    vec(("[a-zA-Z0-9_-]{1,4}", "[!#-+--:<-\\[\\]-~]{0,8}"), 1..6)
}

fn seen_headers(request: &Request) -> Vec<(String, Vec<String>)> {
    let own = request.headers().iter().filter(|(name, _)| name.as_str().starts_with("x-"));
    by_name(own.map(|(name, value)| (name.as_str(), str::from_utf8(value.as_bytes()).expect("text"))))
}

/// A response without the headers about the encoding of its body.
fn told(response: &http::Response<Bytes>) -> (u16, Vec<(String, String)>, Bytes) {
    let text = |value: &HeaderValue| str::from_utf8(value.as_bytes()).expect("text").to_owned();
    let names = response.headers().keys().map(|name| {
        let values: Vec<_> = response.headers().get_all(name).iter().map(text).collect();
        (name.to_string(), values.join(if name == "set-cookie" { "\n" } else { ", " }))
    });
    let mut names: Vec<_> = names.collect();
    names.sort();
    (response.status().as_u16(), names, response.body().clone())
}

proptest! {
    #[test]
    fn paths(path in text()) {
        let encoded = format!("/{}", encoded(&path));
        let decoded = format!("/{path}");
        for event in [
            rest(json!({"path": encoded})),
            alb(json!({"path": encoded})),
            function_url(json!({"rawPath": encoded})),
            http_api(json!({"rawPath": decoded})),
            rest(json!({"version": "1.0", "path": decoded})),
        ] {
            prop_assert_eq!(request(event).path().to_owned(), decoded.clone());
        }
    }

    #[test]
    fn a_segment_is_decoded_once(segment in text()) {
        let (request, encoded) = (request(rest(json!({"path": "/"}))), encoded(&segment));
        prop_assert_eq!(request.decode_segment(&encoded).expect("encoded"), segment);
    }

    #[test]
    fn queries(pairs in pairs()) {
        let plain = |text: &str| text.to_owned();
        let expected = by_name(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        for event in [
            rest(json!({"multiValueQueryStringParameters": lists(&pairs, plain)})),
            rest(json!({"version": "1.0", "multiValueQueryStringParameters": lists(&pairs, plain)})),
            alb(json!({"multiValueQueryStringParameters": lists(&pairs, encoded)})),
            http_api(json!({"rawQueryString": url_encoded(&pairs)})),
            function_url(json!({"rawQueryString": url_encoded(&pairs)})),
        ] {
            prop_assert_eq!(by_name(request(event).query().iter()), expected.clone());
        }
    }

    #[test]
    fn a_query_goes_through_the_uri(pairs in pairs()) {
        let of_url = request(function_url(json!({"rawQueryString": url_encoded(&pairs)})));
        let uri = of_url.uri().query().unwrap_or_default().to_owned();
        let again = request(function_url(json!({"rawQueryString": uri})));
        prop_assert!(again.query().iter().eq(of_url.query().iter()));
    }

    #[test]
    fn headers_of_requests(headers in headers()) {
        let own = |text: &str| text.to_owned();
        let expected = by_name(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        for event in [
            rest(json!({"multiValueHeaders": lists(&headers, own), "headers": null})),
            alb(json!({"multiValueHeaders": lists(&headers, own), "headers": null})),
        ] {
            prop_assert_eq!(seen_headers(&request(event)), expected.clone());
        }
        let join = |(name, values): &(String, Vec<String>)| (name.clone(), Value::from(values.join(",")));
        let joined: Map<String, Value> = expected.iter().map(join).collect();
        let expected: Vec<_> = expected.into_iter().map(|(name, values)| (name, vec![values.join(",")])).collect();
        for event in [http_api(json!({"headers": joined})), function_url(json!({"headers": joined}))] {
            prop_assert_eq!(seen_headers(&request(event)), expected.clone());
        }
    }

    #[test]
    fn cookies_of_requests(cookies in cookies()) {
        let texts: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        for event in [
            rest(json!({"multiValueHeaders": {"Cookie": [texts.join("; ")]}})),
            rest(json!({"multiValueHeaders": {"cookie": texts}})),
            alb(json!({"headers": {"cookie": texts.join("; ")}})),
            http_api(json!({"cookies": texts})),
            function_url(json!({"cookies": texts})),
        ] {
            let request = request(event);
            let seen = request.cookies().iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
            prop_assert!(seen.eq(cookies.iter().cloned()), "{:?}", request.cookies());
        }
    }

    #[test]
    fn responses(
        status in 200_u16..600,
        headers in headers(),
        cookies in vec("[a-z]{1,3}=[a-z]{0,5}; Path=/", 0..3),
        body in prop_oneof![text().prop_map(String::into_bytes), vec(any::<u8>(), 0..20)],
    ) {
        let mut response = Response::new(Bytes::from(body)).with_status(status);
        for (name, value) in headers {
            response = response.append_header(name, value);
        }
        for cookie in cookies {
            response = response.append_header("set-cookie", cookie);
        }
        let multi = alb(json!({"multiValueHeaders": {}}));
        let v1 = rest(json!({"version": "1.0"}));
        for event in [v1, http_api(json!({})), function_url(json!({})), multi] {
            let form = ResponseFormat::of(&request(event));
            let json = OutgoingResponse::new(&form, response.clone(), None).json().expect("JSON");
            let read = read_response(&json).expect("a response");
            let sent = OutgoingResponse::new(&form, response.clone(), None).into_http().expect("a response");
            prop_assert_eq!(told(&read), told(&sent));
        }
    }
}
