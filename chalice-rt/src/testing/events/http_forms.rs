//! The event formats of the front ends: REST API, HTTP API, function URL, load balancer.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::http::HttpBuilder;
use super::{ACCOUNT, EPOCH, REGION, id};
use crate::testing::FrontEnd;

const TIME: &str = "01/Jan/2026:00:00:00 +0000";
const USER_AGENT: &str = "chalice-test-client";

pub(super) fn event(mut request: HttpBuilder) -> Value {
    let domain = match request.front_end {
        FrontEnd::FunctionUrl => "abc123.lambda-url.us-east-1.on.aws",
        FrontEnd::Alb | FrontEnd::AlbMulti => "lambda-1234567890.us-east-1.elb.amazonaws.com",
        FrontEnd::Rest | FrontEnd::HttpApi | FrontEnd::HttpApiV1 => {
            "abc123.execute-api.us-east-1.amazonaws.com"
        }
    };
    add_headers(&mut request, domain);
    place_cookies(&mut request);
    match request.front_end {
        FrontEnd::Rest => rest(&request, domain),
        FrontEnd::HttpApiV1 => http_api_v1(&request, domain),
        FrontEnd::HttpApi | FrontEnd::FunctionUrl => http_api(&request, domain),
        FrontEnd::Alb => load_balancer(&request, false),
        FrontEnd::AlbMulti => load_balancer(&request, true),
    }
}

/// Adds the headers that every request has, unless the test has set them.
fn add_headers(request: &mut HttpBuilder, domain: &str) {
    let client_ip = request.client_ip.clone();
    let defaults = [
        ("Accept", "*/*"),
        ("Host", domain),
        ("User-Agent", USER_AGENT),
        ("X-Forwarded-For", client_ip.as_str()),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ];
    for (name, value) in defaults {
        if !request.has_header(name) {
            request.headers.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// Puts the cookies where the front end has them: format 2.0 in a list, all others in one header.
fn place_cookies(request: &mut HttpBuilder) {
    let headers = request.headers.extract_if(.., |(name, _)| name.eq_ignore_ascii_case("cookie"));
    let mut cookies: Vec<String> = Vec::new();
    for (_, value) in headers {
        cookies.extend(value.split("; ").map(str::to_owned));
    }
    cookies.append(&mut request.cookies);
    match request.front_end {
        FrontEnd::HttpApi | FrontEnd::FunctionUrl => request.cookies = cookies,
        _ if cookies.is_empty() => {}
        _ => request.headers.push(("Cookie".to_owned(), cookies.join("; "))),
    }
}

fn rest(request: &HttpBuilder, domain: &str) -> Value {
    let stage = request.stage.as_deref().unwrap_or("api");
    let proxy = request.path.trim_start_matches('/');
    let (resource, parameters) =
        if proxy.is_empty() { ("/", Value::Null) } else { ("/{proxy+}", json!({"proxy": proxy})) };
    let mut context = context_v1(request, domain, stage, &format!("/{stage}{}", request.path));
    context["resourcePath"] = resource.into();
    let mut event = event_v1(request, &request.path, &context);
    event["resource"] = resource.into();
    event["pathParameters"] = parameters;
    event
}

fn http_api_v1(request: &HttpBuilder, domain: &str) -> Value {
    let (stage, path) = staged(request);
    let mut event = event_v1(request, &path, &context_v1(request, domain, stage, &path));
    event["version"] = "1.0".into();
    event["resource"] = "$default".into();
    event["pathParameters"] = Value::Null;
    event["requestContext"]["resourcePath"] = "$default".into();
    event
}

fn event_v1(request: &HttpBuilder, path: &str, context: &Value) -> Value {
    let query: Vec<_> = form_urlencoded::parse(request.query.as_bytes()).into_owned().collect();
    let (body, is_base64_encoded) = body(&request.body);
    json!({
        "path": path,
        "httpMethod": request.method,
        "headers": last_of(&request.headers),
        "multiValueHeaders": all_of(&request.headers),
        "queryStringParameters": or_null(&query, last_of),
        "multiValueQueryStringParameters": or_null(&query, all_of),
        "stageVariables": request.stage_variables,
        "requestContext": context,
        "body": body,
        "isBase64Encoded": is_base64_encoded,
    })
}

fn context_v1(request: &HttpBuilder, domain: &str, stage: &str, path: &str) -> Value {
    let mut context = json!({
        "resourceId": "123456",
        "httpMethod": request.method,
        "extendedRequestId": "Hxk7_EXAMPLE",
        "requestTime": TIME,
        "path": path,
        "accountId": ACCOUNT,
        "protocol": "HTTP/1.1",
        "stage": stage,
        "domainPrefix": "abc123",
        "requestTimeEpoch": EPOCH * 1000,
        "requestId": id(5, 0),
        "identity": {"sourceIp": request.client_ip, "userAgent": USER_AGENT},
        "domainName": domain,
        "apiId": "abc123",
    });
    if !request.authorizer.is_null() {
        context["authorizer"] = request.authorizer.clone();
    }
    context
}

fn http_api(request: &HttpBuilder, domain: &str) -> Value {
    let (stage, path) = match request.front_end {
        FrontEnd::FunctionUrl => ("$default", request.path.clone()),
        _ => staged(request),
    };
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": request.query,
        "headers": joined(lower(&request.headers)),
        "requestContext": context_v2(request, domain, stage, &path),
        "isBase64Encoded": false,
    });
    if !request.cookies.is_empty() {
        event["cookies"] = request.cookies.clone().into();
    }
    if !request.query.is_empty() {
        event["queryStringParameters"] =
            joined(form_urlencoded::parse(request.query.as_bytes()).into_owned());
    }
    if !request.stage_variables.is_null() {
        event["stageVariables"] = request.stage_variables.clone();
    }
    if let (Some(body), is_base64_encoded) = body(&request.body) {
        event["body"] = body.into();
        event["isBase64Encoded"] = is_base64_encoded.into();
    }
    event
}

fn context_v2(request: &HttpBuilder, domain: &str, stage: &str, path: &str) -> Value {
    let mut context = json!({
        "accountId": ACCOUNT,
        "apiId": "abc123",
        "domainName": domain,
        "domainPrefix": "abc123",
        "http": {
            "method": request.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": request.client_ip,
            "userAgent": USER_AGENT,
        },
        "requestId": id(5, 0),
        "routeKey": "$default",
        "stage": stage,
        "time": TIME,
        "timeEpoch": EPOCH * 1000,
    });
    if !request.authorizer.is_null() {
        context["authorizer"] = request.authorizer.clone();
    }
    context
}

fn load_balancer(request: &HttpBuilder, multi_value: bool) -> Value {
    let group =
        format!("arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/lambda/49e9d65c45c6791a");
    let (body, is_base64_encoded) = body(&request.body);
    // A load balancer does not decode the query.
    let pairs = request.query.split('&').filter(|pair| !pair.is_empty());
    let query: Vec<_> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(owned).collect();
    let headers = Vec::from_iter(lower(&request.headers));
    let mut event = json!({
        "requestContext": {"elb": {"targetGroupArn": group}},
        "httpMethod": request.method,
        "path": request.path,
        "body": body.unwrap_or_default(),
        "isBase64Encoded": is_base64_encoded,
    });
    if multi_value {
        event["multiValueQueryStringParameters"] = all_of(&query);
        event["multiValueHeaders"] = all_of(&headers);
    } else {
        event["queryStringParameters"] = last_of(&query);
        event["headers"] = last_of(&headers);
    }
    event
}

/// The stage of an HTTP API, and the decoded path, which begins with the stage unless that is `$default`.
fn staged(request: &HttpBuilder) -> (&str, String) {
    let path = percent_decode_str(&request.path).decode_utf8_lossy();
    match request.stage.as_deref() {
        None | Some("$default") => ("$default", path.into_owned()),
        Some(stage) => (stage, format!("/{stage}{path}")),
    }
}

fn body(bytes: &[u8]) -> (Option<String>, bool) {
    match std::str::from_utf8(bytes) {
        Ok("") => (None, false),
        Ok(text) => (Some(text.to_owned()), false),
        Err(_) => (Some(STANDARD.encode(bytes)), true),
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn or_null(pairs: &[(String, String)], form: fn(&[(String, String)]) -> Value) -> Value {
    if pairs.is_empty() { Value::Null } else { form(pairs) }
}

/// The last value of each name.
fn last_of(pairs: &[(String, String)]) -> Value {
    pairs
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect::<Map<_, _>>()
        .into()
}

/// All values of each name, as lists.
fn all_of(pairs: &[(String, String)]) -> Value {
    let mut all = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in pairs {
        all.entry(name).or_default().push(value);
    }
    json!(all)
}

fn lower(headers: &[(String, String)]) -> impl Iterator<Item = (String, String)> {
    headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone()))
}

/// All values of each name, joined with commas.
fn joined(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    let mut all = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in pairs {
        all.entry(name).or_default().push(value);
    }
    all.into_iter().map(|(name, values)| (name, Value::from(values.join(",")))).collect::<Map<_, _>>().into()
}
