//! A request is the same through every front end: path, parameters, query and cookies.

use chalice_rt::http;
use http_body_util::{BodyExt, Full};
use tower::ServiceExt;

use super::*;

#[get("/same/{id}/of/{rest+}")]
async fn same(request: Request) -> Value {
    let pairs = |all: Vec<(&str, &str)>| json!(all);
    json!({
        "path": request.path(),
        "params": pairs(request.path_params().collect()),
        "query": pairs(request.query().iter().collect()),
        "cookies": pairs(request.cookies().iter().collect()),
    })
}

/// How a request gets to the app.
const WAYS: [&str; 7] = [
    "REST API",
    "HTTP API, payload 1.0",
    "HTTP API",
    "function URL",
    "load balancer",
    "load balancer, multi-value",
    "this process",
];

async fn through(way: &str, target: &str, cookie: &str) -> Value {
    let event = events::http("GET", target).header("cookie", cookie);
    let event = match way {
        "REST API" => event,
        "HTTP API, payload 1.0" => event.http_api_v1(),
        "HTTP API" => event.http_api(),
        "function URL" => event.function_url(),
        "load balancer" => event.alb(),
        "load balancer, multi-value" => event.alb_multi_value(),
        _ => return in_process(target, cookie).await,
    };
    let answer = client().send(event).await.unwrap();
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

async fn in_process(target: &str, cookie: &str) -> Value {
    let request = http::Request::get(target).header("cookie", cookie).body(Full::<Bytes>::default()).unwrap();
    let service = app!("face").manage(Shop("corner")).into_service().unwrap();
    let response: http::Response<_> = service.oneshot(request).await.unwrap();
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn a_request_is_the_same_through_every_front_end() {
    let table = [
        (
            "/same/7/of/a?q=1&r=2&empty=",
            "a=1; b=2",
            json!({"path": "/same/7/of/a", "params": [["id", "7"], ["rest", "a"]],
                "query": [["q", "1"], ["r", "2"], ["empty", ""]], "cookies": [["a", "1"], ["b", "2"]]}),
        ),
        (
            "/same/a%20b/of/c%25/d+e?q=a%20b&p=c+d&r=e%2Bf",
            "a=x%20y",
            json!({"path": "/same/a b/of/c%/d+e", "params": [["id", "a b"], ["rest", "c%/d+e"]],
                "query": [["q", "a b"], ["p", "c d"], ["r", "e+f"]], "cookies": [["a", "x%20y"]]}),
        ),
        (
            "/same/%C3%A9/of/100%2525?%C3%BC=%E2%82%AC&p=100%25&h=%2520",
            "a=b=c",
            json!({"path": "/same/é/of/100%25", "params": [["id", "é"], ["rest", "100%25"]],
                "query": [["ü", "€"], ["p", "100%"], ["h", "%20"]], "cookies": [["a", "b=c"]]}),
        ),
    ];
    for (target, cookie, expected) in table {
        for way in WAYS {
            assert_eq!(
                sorted(through(way, target, cookie).await),
                sorted(expected.clone()),
                "{target} through {way}"
            );
        }
    }
}

/// An object of a front end's event has its names in any order; those of one name stay in theirs.
fn sorted(mut request: Value) -> Value {
    let query = request["query"].as_array_mut().unwrap();
    query.sort_by_key(|pair| pair[0].to_string());
    request
}

#[tokio::test]
async fn a_name_that_comes_twice_has_both_values_where_the_front_end_tells_them() {
    for way in WAYS {
        let query = &through(way, "/same/7/of/a?q=1&q=a%26b", "a=1").await["query"];
        match way {
            "load balancer" => assert_eq!(query, &json!([["q", "a&b"]])),
            _ => assert_eq!(query, &json!([["q", "1"], ["q", "a&b"]]), "{way}"),
        }
    }
}

#[tokio::test]
async fn an_encoded_slash_stays_in_its_segment_where_the_front_end_tells_it_from_others() {
    for way in WAYS.into_iter().filter(|way| !way.starts_with("HTTP API")) {
        let request = through(way, "/same/a%2Fb/of/c%2Fd", "a=1").await;
        assert_eq!(request["params"], json!([["id", "a/b"], ["rest", "c/d"]]), "{way}");
    }
    // An HTTP API has decoded the path before it matters what was a slash.
    for way in ["HTTP API", "HTTP API, payload 1.0"] {
        assert_eq!(
            through(way, "/same/a/of/c%2Fd", "a=1").await["params"],
            json!([["id", "a"], ["rest", "c/d"]])
        );
    }
}
