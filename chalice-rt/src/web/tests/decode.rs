use std::borrow::Cow;

use http::HeaderValue;
use serde_json::json;

use super::*;

#[test]
fn the_front_end_is_told_by_marker_keys() {
    let of = |event| format!("{:?}", request(event).front_end());
    assert_eq!(of(rest(json!({}))), "REST API");
    assert_eq!(of(rest(json!({"version": "1.0"}))), "HTTP API, payload 1.0");
    assert_eq!(of(http_api(json!({}))), "HTTP API, payload 2.0");
    assert_eq!(of(function_url(json!({}))), "function URL");
    assert_eq!(of(alb(json!({}))), "load balancer");
    assert_eq!(of(alb(json!({"multiValueHeaders": {}}))), "load balancer with multi-value headers");
}

#[test]
fn every_front_end_says_method_path_and_client() {
    for (event, stage, ip) in [
        (rest(json!({})), "api", "203.0.113.7"),
        (http_api(json!({})), "$default", "203.0.113.7"),
        (function_url(json!({})), "$default", "2001:db8::1"),
        (alb(json!({})), "", "203.0.113.7"),
    ] {
        let request = request(event);
        assert_eq!((request.method().as_str(), request.path(), request.stage()), ("GET", "/users/7", stage));
        assert_eq!(request.client_ip(), ip.parse().ok());
        assert_eq!(request.headers()["accept"], "*/*");
        assert!(request.body().is_empty() && request.fault().is_none() && request.query().is_empty());
    }
}

#[test]
fn a_minimal_event_of_a_hand_will_do() {
    let request =
        request(json!({"httpMethod": "POST", "path": "/x", "requestContext": null, "headers": null}));
    assert_eq!((request.method().as_str(), request.path(), request.stage()), ("POST", "/x", ""));
    assert_eq!(request.client_ip(), None);
    assert!(request.request_context().is_null() && request.headers().is_empty());
}

#[test]
fn headers_come_from_one_place_only() {
    let both = json!({"headers": {"A": "1", "B": "2"}, "multiValueHeaders": {"A": ["0", "1"], "C": null}});
    let request = request(rest(both));
    assert_eq!(request.headers().get_all("a").iter().collect::<Vec<_>>(), ["0", "1"]);
    assert_eq!(request.headers().len(), 2);
    assert_eq!((request.header_str("A"), request.header_str("b")), (Some("0"), None));
}

#[test]
fn a_changed_header_is_seen_everywhere_and_only_by_this_copy() {
    let before = request(rest(json!({"multiValueHeaders": {"Cookie": ["a=1"]}})));
    assert_eq!(before.cookies().get("a"), Some("1"));
    let mut after = before.clone();
    after.headers_mut().insert("cookie", HeaderValue::from_static("a=2"));
    assert_eq!((after.header_str("cookie"), after.cookies().get("a")), (Some("a=2"), Some("2")));
    assert_eq!(before.headers()["cookie"], "a=1");
    assert_eq!(after.to_json().expect("a valid case")["multiValueHeaders"], json!({"cookie": ["a=2"]}));
}

#[test]
fn cookies_of_payload_2_are_the_header_again() {
    let request = request(http_api(json!({"cookies": ["a=1", "b=2"], "headers": {"x": "y"}})));
    assert_eq!(request.headers()["cookie"], "a=1; b=2");
    assert_eq!(request.cookies().iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
}

#[test]
fn header_values_need_not_be_ascii() {
    let request = request(rest(json!({"multiValueHeaders": {"X-Name": ["Zoë"]}})));
    assert_eq!(request.headers()["x-name"].as_bytes(), "Zoë".as_bytes());
}

#[test]
fn queries_are_decoded_as_often_as_the_front_end_has_not() {
    let raw = json!({"a": ["1", "%32+"]});
    let rest = request(rest(json!({"multiValueQueryStringParameters": raw})));
    assert_eq!(rest.query().get_all("a").collect::<Vec<_>>(), ["1", "%32+"]);
    let alb = request(alb(json!({"multiValueQueryStringParameters": raw})));
    assert_eq!(alb.query().get_all("a").collect::<Vec<_>>(), ["1", "2 "]);
    let members = json!({"rawQueryString": "a=1&a=%32", "queryStringParameters": {"a": "1,2", "b": "3"}});
    let v2 = request(http_api(members));
    assert_eq!(v2.query().iter().collect::<Vec<_>>(), [("a", "1"), ("a", "2")]);
}

#[test]
fn single_query_parameters_count_where_there_are_no_others() {
    let request = request(rest(json!({"queryStringParameters": {"a": "1"}})));
    assert_eq!(request.query().get("a"), Some("1"));
}

#[test]
fn paths_are_decoded_once_where_they_arrive_encoded() {
    let rest = request(rest(json!({"path": "/users/a%2Fb%2520"})));
    assert_eq!((rest.path(), rest.routing_path()), ("/users/a/b%20", "/users/a%2Fb%2520"));
    assert_eq!(rest.decode_segment("a%2Fb%2520").expect("a valid case"), "a/b%20");
    let v2 = request(http_api(json!({"rawPath": "/users/a%20b"})));
    assert_eq!(v2.path(), "/users/a%20b");
    assert_eq!(v2.decode_segment("a%20b").expect("a valid case"), "a%20b");
}

#[test]
fn an_emulator_of_an_http_api_leaves_the_path_encoded() {
    let context = |members| with(json!({"stage": "$default", "http": {"method": "GET"}}), members);
    for (members, name) in [
        (json!({"apiId": "abc123", "domainName": "localhost"}), "emulator"),
        (json!({"apiId": "abc123", "domainName": "127.0.0.1:9000"}), "emulator"),
        (json!({}), "emulator"),
        (json!({"apiId": "abc123", "domainName": "api.example.com"}), "HTTP API, payload 2.0"),
        (json!({"apiId": "abc123"}), "HTTP API, payload 2.0"),
    ] {
        let context = context(members);
        let request = request(http_api(json!({"rawPath": "/users/a%20b", "requestContext": context})));
        assert_eq!(format!("{:?}", request.front_end()), name, "{context}");
        assert_eq!(request.path(), if name == "emulator" { "/users/a b" } else { "/users/a%20b" });
    }
}

#[test]
fn what_is_malformed_is_a_fault_and_no_error() {
    let faults = [
        (rest(json!({"path": "/users/%ff"})), "the path is not percent-encoded UTF-8"),
        (rest(json!({"body": "?", "isBase64Encoded": true})), "the body is not valid base64"),
        (rest(json!({"multiValueHeaders": {"x": ["a\nb"]}})), "the header `x` is not allowed in HTTP"),
        (rest(json!({"multiValueHeaders": {"a b": ["1"]}})), "the header `a b` is not allowed in HTTP"),
    ];
    for (event, fault) in faults {
        assert_eq!(request(event).fault(), Some(fault));
    }
}

#[test]
fn what_is_no_request_is_an_error_that_shows_no_value() {
    let errors = [
        (
            rest(json!({"multiValueHeaders": {"a": {"secret": 1}}})),
            "this is no HTTP event: `multiValueHeaders",
        ),
        (json!({"path": "/"}), "this is no HTTP event: the method is missing"),
        (json!({"httpMethod": "GET"}), "this is no HTTP event: the path is missing"),
        (json!({"httpMethod": "a b", "path": "/"}), "this is no HTTP event: its method"),
    ];
    for (event, start) in errors {
        let error = decoded(&event).expect_err("an error").to_string();
        assert!(error.starts_with(start) && !error.contains("secret"), "{error}");
    }
}

#[test]
fn bodies_are_bytes() {
    let text = request(rest(json!({"body": "\"h\u{e9}\""})));
    assert_eq!(text.text().expect("a valid case"), "\"hé\"");
    assert_eq!(text.json::<String>().expect("a valid case"), "hé");
    let bytes = request(rest(json!({"body": "AP+ACg==", "isBase64Encoded": true})));
    assert_eq!(bytes.body()[..], [0, 255, 128, 10]);
    assert!(bytes.text().is_err());
}

#[test]
fn a_body_that_does_not_fit_says_where_but_not_what() {
    let error = |body: &str| request(rest(json!({"body": body}))).json::<Vec<u8>>().expect_err("an error");
    let shape = error(r#"[1, "secret"]"#);
    assert_eq!(shape.type_name(), "UnprocessableEntityError");
    assert!(shape.to_string().contains("`[1]`") && !shape.to_string().contains("secret"), "{shape}");
    for malformed in ["", "[1", r#"["secret", "#] {
        assert_eq!(error(malformed).type_name(), "BadRequestError", "{malformed}");
    }
}

#[test]
fn a_byte_order_mark_before_json_is_passed() {
    let request = request(rest(json!({"body": "\u{feff}{\"a\":1}"})));
    assert_eq!(request.json::<Value>().expect("JSON"), json!({"a": 1}));
}

#[test]
fn json_that_is_too_much_is_called_that() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let error = |body: &str| request(rest(json!({"body": body}))).json::<Value>().expect_err("too much");
    for (body, text) in [
        (
            deep.as_str(),
            "the body is JSON that cannot be read: it is nested too deep; 127 levels are allowed",
        ),
        ("[1e999]", "the body is JSON that cannot be read: a number is too large"),
        ("[1e", "the body is not valid JSON: "),
    ] {
        let error = error(body);
        assert!(error.to_string().starts_with(text), "{error}");
        assert_eq!(error.type_name(), "BadRequestError");
    }
}

#[test]
fn more_headers_than_a_map_holds_are_an_error_for_those_who_need_them_all() {
    let many = |count: usize| {
        let values: Vec<String> = (0..count).map(|n| n.to_string()).collect();
        request(rest(json!({"multiValueHeaders": {"x-many": values, "host": ["a"]}})))
    };
    let most = many(24_575);
    assert_eq!(most.all_headers().expect("all").len(), 24_576);
    let more = many(24_576);
    assert!(more.all_headers().expect_err("too many").to_string().contains("24577"));
    assert!(more.headers().len() == 24_576 && more.to_http().is_err());
    let names: serde_json::Map<String, Value> = (0..30_000).map(|n| (format!("x-{n}"), json!("1"))).collect();
    let names = request(rest(json!({"headers": names, "multiValueHeaders": null})));
    assert!(names.all_headers().is_err() && names.headers().len() == 24_576);
}

#[test]
fn a_request_says_where_it_goes_and_what_the_client_accepts() {
    let headers = json!({"Host": ["api.example.com:8443"], "Accept": ["text/html, application/*;q=0"]});
    let request = request(rest(json!({
        "path": "/a%20b/%2F", "multiValueHeaders": headers, "multiValueQueryStringParameters": {"q": ["é &"]},
    })));
    assert_eq!(request.uri(), "/a%20b/%2F?q=%C3%A9+%26");
    assert_eq!(request.host(), Some("api.example.com:8443"));
    assert!(request.accepts("text/html") && !request.accepts("application/json"));
    let silent = self::request(json!({
        "version": "2.0", "rawPath": "/a b%/é",
        "requestContext": {"apiId": "a", "http": {"method": "GET"}, "domainName": "api.example.com"},
    }));
    assert_eq!(
        (silent.uri().to_string().as_str(), silent.host()),
        ("/a%20b%25/%C3%A9", Some("api.example.com"))
    );
    assert!(silent.accepts("text/html") && silent.matched_path().is_none());
}

#[test]
fn parameters_are_what_the_router_says() {
    let mut request = request(rest(json!({"path": "/users/a%20b/keys/7"})));
    assert_eq!((request.route(), request.param("id")), (None, None));
    let key = request.routing_path().rsplit_once('/').map_or("", |(_, key)| key);
    let found = [("id", Cow::Owned("a b".to_owned())), ("key", Cow::Borrowed(key))];
    let params = request.params_of(found.into_iter());
    request.matched("/users/{id}/keys/{key}", params);
    assert_eq!(request.route(), Some("/users/{id}/keys/{key}"));
    assert_eq!(request.path_params().collect::<Vec<_>>(), [("id", "a b"), ("key", "7")]);
    assert_eq!(request.param("key"), Some("7"));
}

#[test]
fn the_front_ends_own_words_are_there() {
    let request = request(rest(json!({"stageVariables": {"table": "notes"}})));
    assert_eq!(request.request_context()["identity"]["sourceIp"], "203.0.113.7");
    assert_eq!(request.stage_variables()["table"], "notes");
}

#[test]
fn a_request_is_one_pointer_wide() {
    assert_eq!(size_of::<Request>(), size_of::<usize>());
}

#[test]
fn a_request_goes_through_the_crate_http_and_back() {
    let mut before = request(rest(json!({"multiValueQueryStringParameters": {"q": ["a b"]}, "body": "x"})));
    before.matched("/users/{id}", vec![("id", "7".to_owned())]);
    let mut passing = before.to_http().expect("a valid case");
    assert_eq!(passing.uri(), "/users/7?q=a+b");
    passing.headers_mut().insert("x-new", HeaderValue::from_static("1"));
    assert!(!passing.headers()["accept"].is_sensitive());
    let after = before.with_http(passing);
    assert_eq!((after.param("id"), after.header_str("x-new")), (Some("7"), Some("1")));
    assert_eq!(&after.body()[..], b"x");
}

/// The event of each front end with these headers, cookies and query, in the formats of handwritten events.
fn with_odd(members: &Value) -> Vec<(&'static str, Request)> {
    let v2 = json!({"version": "2.0", "rawPath": "/x", "requestContext": {"http": {"method": "GET"}}});
    let v1 = json!({"httpMethod": "GET", "path": "/x"});
    let elb = json!({"httpMethod": "GET", "path": "/x", "requestContext": {"elb": {}}});
    let events =
        [("REST", v1.clone()), ("1.0", with(v1, json!({"version": "1.0"}))), ("2.0", v2), ("ALB", elb)];
    events.map(|(name, event)| (name, request(with(event, members.clone())))).into()
}

#[test]
fn numbers_and_booleans_of_an_event_made_by_hand_are_texts() {
    let single = json!({
        "headers": {"X-Count": 5, "X-On": true, "X-Rate": 1.50},
        "queryStringParameters": {"hello": "world", "page": 1, "none": null},
        "stageVariables": {"retries": 3, "on": false},
        "pathParameters": {"id": 7},
    });
    for (name, request) in with_odd(&single) {
        let header = |header| request.header_str(header);
        assert_eq!(
            (header("x-count"), header("x-on"), header("x-rate")),
            (Some("5"), Some("true"), Some("1.5"))
        );
        assert_eq!(request.query().iter().collect::<Vec<_>>(), [("hello", "world"), ("page", "1")], "{name}");
        assert_eq!(request.stage_variables(), &json!({"retries": "3", "on": "false"}));
    }
    let multi = json!({
        "multiValueHeaders": {"X-Count": [5, true, null], "X-One": 1, "X-Null": null},
        "multiValueQueryStringParameters": {"page": [1, "2", null], "q": "a"},
        "cookies": ["a=1", 7],
    });
    for (name, request) in with_odd(&multi) {
        let counts: Vec<_> = request.headers().get_all("x-count").iter().collect();
        assert_eq!(counts, ["5", "true"], "{name}");
        assert_eq!(request.header_str("x-one"), Some("1"));
        assert_eq!(request.query().iter().collect::<Vec<_>>(), [("page", "1"), ("page", "2"), ("q", "a")]);
        assert_eq!(request.cookies().iter().collect::<Vec<_>>(), [("a", "1")]);
    }
}

#[test]
fn what_no_text_can_be_is_an_error_that_names_the_member() {
    let cases = [
        (
            json!({"headers": {"a": "1", "x-a": {"secret": 1}}}),
            "`headers.x-a`: expected a string, found an object",
        ),
        (json!({"headers": {"x-a": ["secret"]}}), "`headers.x-a`: expected a string, found an array"),
        (json!({"headers": "secret"}), "`headers`: expected an object, found a string"),
        (
            json!({"multiValueHeaders": {"x": ["1", {}]}}),
            "`multiValueHeaders.x[1]`: expected a string, found an object",
        ),
        (
            json!({"queryStringParameters": {"q": {}}}),
            "`queryStringParameters.q`: expected a string, found an object",
        ),
        (
            json!({"multiValueQueryStringParameters": {"q": [["secret"]]}}),
            "`multiValueQueryStringParameters.q[0]`: expected a string, found an array",
        ),
        (json!({"pathParameters": {"id": []}}), "`pathParameters.id`: expected a string, found an array"),
        (json!({"stageVariables": {"v": {}}}), "`stageVariables.v`: expected a string, found an object"),
        (json!({"cookies": [{}]}), "`cookies[0]`: expected a string, found an object"),
        (json!({"cookies": "a=secret"}), "`cookies`: expected an array, found a string"),
        (json!({"requestContext": []}), "`requestContext`: expected an object, found an array"),
        (json!({"body": {"a": "secret"}}), "`body`: expected a string, found an object"),
        (json!({"isBase64Encoded": "secret"}), "`isBase64Encoded`: expected a boolean, found a string"),
    ];
    for (members, text) in cases {
        let error = decoded(&with(json!({"httpMethod": "GET", "path": "/x"}), members)).expect_err(text);
        assert_eq!(error.to_string(), format!("this is no HTTP event: {text}"));
    }
}

#[test]
fn of_an_empty_and_a_filled_member_the_filled_one_counts() {
    let filled = json!({
        "headers": {"X-A": "1", "Cookie": "c=3"}, "multiValueHeaders": {}, "cookies": [],
        "queryStringParameters": {"q": "2"}, "multiValueQueryStringParameters": {}, "rawQueryString": "",
    });
    let multi = json!({
        "multiValueHeaders": {"X-A": ["1"], "Cookie": ["c=3"]}, "headers": {}, "cookies": null,
        "multiValueQueryStringParameters": {"q": ["2"]}, "queryStringParameters": {},
    });
    let nulls = json!({
        "headers": {"X-A": "1", "Cookie": "c=3"}, "multiValueHeaders": {"X-A": null},
        "queryStringParameters": {"q": "2"}, "multiValueQueryStringParameters": {"q": null},
    });
    for members in [filled, multi, nulls] {
        for (name, request) in with_odd(&members) {
            assert_eq!(request.header_str("x-a"), Some("1"), "{name}: {members}");
            assert_eq!(request.headers()["x-a"], "1");
            assert_eq!(
                (request.query().get("q"), request.cookies().get("c")),
                (Some("2"), Some("3")),
                "{name}"
            );
        }
    }
}

#[test]
fn half_a_pair_of_surrogates_in_a_member_fails_nothing() {
    let event = br#"{"httpMethod": "GET", "path": "/x", "headers": {"User-Agent": "a\ud800", "X-A": "1"},
        "odd\udc00": "\ud800", "stageVariables": {"v": "\ud800"}, "requestContext": {"odd": "\ud800", "size": 1e999}}"#;
    let request = Request::read(RawEvent::parsed(event[..].into()), Context::default()).expect("a request");
    assert_eq!((request.header_str("x-a"), request.path()), (Some("1"), "/x"));
    assert_eq!(request.stage_variables()["v"], "\u{fffd}\u{fffd}\u{fffd}");
    assert_eq!(request.request_context()["size"], "1e999");
    assert_eq!(request.to_json().expect("a value")["headers"]["X-A"], "1");
}

#[test]
fn brackets_without_end_are_no_request_and_no_overflow() {
    for event in [
        format!(r#"{{"httpMethod":"GET","path":"/","x":{}"#, "[".repeat(60_000)),
        format!(r#"{{"httpMethod":"GET","path":"/","headers":{}"#, r#"{"a":"#.repeat(60_000)),
        format!(
            r#"{{"httpMethod":"GET","path":"/","headers":{{"a":{}{}}}}}"#,
            "[".repeat(60_000),
            "]".repeat(60_000)
        ),
    ] {
        let read = Request::read(RawEvent::parsed(event.into()), Context::default());
        assert!(read.is_err());
    }
}
