//! A request of a test: the event of a function URL on its way in, a `Response` on its way out.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{TestClient, context};
use crate::app::{InvocationError, Target};
use crate::error::Result;
use crate::web::{IntoBody, Response};

/// A request that is being made; [`send`](TestRequest::send) sends it.
#[must_use = "a request does nothing until `send`"]
pub struct TestRequest<'a> {
    client: &'a TestClient,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl<'a> TestRequest<'a> {
    pub(super) fn new(client: &'a TestClient, method: &str, path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        TestRequest {
            client,
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// Adds a header; given twice, both are sent.
    #[expect(clippy::needless_pass_by_value, reason = "a test writes a value, not a reference to one")]
    pub fn header(mut self, name: impl AsRef<str>, value: impl ToString) -> Self {
        self.headers.push((name.as_ref().to_ascii_lowercase(), value.to_string()));
        self
    }

    /// Adds a parameter to the query, which is encoded here.
    #[expect(clippy::needless_pass_by_value, reason = "a test writes a value, not a reference to one")]
    pub fn query(mut self, name: impl AsRef<str>, value: impl ToString) -> Self {
        let mut query = form_urlencoded::Serializer::new(self.query);
        query.append_pair(name.as_ref(), &value.to_string());
        self.query = query.finish();
        self
    }

    /// The body as JSON, with its content type. A value that cannot be serialised is sent as `null`.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.body(serde_json::to_value(value).unwrap_or(Value::Null))
    }

    /// The body: text, bytes, JSON. A body of JSON brings its content type if no header has said one; other bodies do
    /// not, so that a route takes them as they are.
    pub fn body(mut self, body: impl IntoBody) -> Self {
        let body = body.into_body();
        let named = self.headers.iter().any(|(name, _)| name == "content-type");
        if let (false, Some("application/json")) = (named, body.content_type()) {
            self.headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        self.body = body.into_bytes();
        self
    }

    /// Sends the request. An invocation that fails is a 502, as a function URL answers it, whose body tells the error.
    pub async fn send(self) -> Response {
        let service = self.client.0;
        let event = self.event().to_string();
        match service.handle(Target::ByShape, event.into(), context(service.name())).await {
            Ok(answer) => read(&answer).unwrap_or_else(|error| failed(&error.into())),
            Err(error) => failed(&error),
        }
    }

    fn event(self) -> Value {
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            match headers.get_mut(name).and_then(|known| known.as_str().map(str::to_owned)) {
                Some(known) => headers.insert(name.clone(), json!(format!("{known},{value}"))),
                None => headers.insert(name.clone(), json!(value)),
            };
        }
        let cookies = headers.remove("cookie");
        let cookies = cookies.as_ref().and_then(Value::as_str).map(|all| all.split("; ").collect::<Vec<_>>());
        let (body, encoded) = match std::str::from_utf8(&self.body) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (STANDARD.encode(&self.body), true),
        };
        json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": self.path,
            "rawQueryString": self.query,
            "cookies": cookies,
            "headers": headers,
            "requestContext": {
                "accountId": "anonymous",
                "apiId": "test",
                "domainName": "test.lambda-url.us-east-1.on.aws",
                "domainPrefix": "test",
                "http": {
                    "method": self.method,
                    "path": self.path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "127.0.0.1",
                    "userAgent": "test",
                },
                "requestId": "test",
                "routeKey": "$default",
                "stage": "$default",
            },
            "body": body,
            "isBase64Encoded": encoded,
        })
    }
}

/// The answer of a function URL.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    cookies: Vec<String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    is_base64_encoded: bool,
}

fn read(answer: &[u8]) -> Result<Response> {
    let answer: Answer = serde_json::from_slice(answer)?;
    let body =
        if answer.is_base64_encoded { STANDARD.decode(&answer.body)? } else { answer.body.into_bytes() };
    let mut response = Response::new(()).with_status(answer.status_code).with_body(Bytes::from(body));
    response.headers_mut().clear();
    for (name, value) in answer.headers {
        response = response.with_header(name.as_str(), value.as_str());
    }
    Ok(answer
        .cookies
        .iter()
        .fold(response, |response, cookie| response.append_header("set-cookie", cookie.as_str())))
}

fn failed(error: &InvocationError) -> Response {
    let body = serde_json::to_value(error).unwrap_or_default();
    Response::new(body).with_status(StatusCode::BAD_GATEWAY)
}

impl std::fmt::Debug for TestRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
