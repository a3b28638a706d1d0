//! Tests of reading requests and writing responses.

mod decode;
mod encode;
mod response;
mod round_trip;

use bytes::Bytes;
use serde_json::{Value, json};

use super::Request;
use crate::context::Context;
use crate::error::Result;
use crate::raw_event::RawEvent;

/// The event with some members replaced.
fn with(mut event: Value, members: Value) -> Value {
    if let (Some(event), Value::Object(members)) = (event.as_object_mut(), members) {
        event.extend(members);
    }
    event
}

fn rest(members: Value) -> Value {
    let event = json!({
        "resource": "/users/{id}", "path": "/users/7", "httpMethod": "GET",
        "headers": {"Accept": "*/*"}, "multiValueHeaders": {"Accept": ["*/*"]},
        "queryStringParameters": null, "multiValueQueryStringParameters": null, "pathParameters": null,
        "stageVariables": null,
        "requestContext": {
            "resourcePath": "/users/{id}", "httpMethod": "GET", "path": "/api/users/7", "stage": "api",
            "domainName": "abc123.execute-api.us-east-1.amazonaws.com", "identity": {"sourceIp": "203.0.113.7"},
        },
        "body": null, "isBase64Encoded": false,
    });
    with(event, members)
}

fn http_api(members: Value) -> Value {
    let event = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/users/7", "rawQueryString": "",
        "headers": {"accept": "*/*"},
        "requestContext": {
            "apiId": "abc123", "domainName": "abc123.execute-api.us-east-1.amazonaws.com", "stage": "$default",
            "http": {"method": "GET", "path": "/users/7", "sourceIp": "203.0.113.7"},
        },
        "isBase64Encoded": false,
    });
    with(event, members)
}

fn function_url(members: Value) -> Value {
    let context = json!({
        "domainName": "abc.lambda-url.us-east-1.on.aws", "stage": "$default",
        "http": {"method": "GET", "path": "/users/7", "sourceIp": "2001:db8::1"},
    });
    with(http_api(json!({"requestContext": context})), members)
}

fn alb(members: Value) -> Value {
    let event = json!({
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/0"}},
        "httpMethod": "GET", "path": "/users/7", "queryStringParameters": {},
        "headers": {"accept": "*/*", "x-forwarded-for": "10.0.0.1, 203.0.113.7"}, "body": "", "isBase64Encoded": false,
    });
    with(event, members)
}

#[allow(clippy::needless_pass_by_value, reason = "a test reads better without references")]
fn request(event: Value) -> Request {
    decoded(&event).expect("a valid case")
}

fn decoded(event: &Value) -> Result<Request> {
    Request::read(RawEvent::of(event)?, Context::default())
}
