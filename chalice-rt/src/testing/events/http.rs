//! HTTP requests as events of each front end.

use std::fmt::Display;

use form_urlencoded::Serializer;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use super::{Data, becomes_value, http_forms};
use crate::testing::FrontEnd;

/// The characters to encode in the path of a request.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}');

/// Builds an HTTP request. Made by [`http`](fn@http).
#[derive(Debug, Clone)]
#[must_use]
pub struct HttpBuilder {
    pub(super) method: String,
    /// The path, encoded.
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) cookies: Vec<String>,
    pub(super) body: Vec<u8>,
    pub(super) front_end: FrontEnd,
    pub(super) stage: Option<String>,
    pub(super) stage_variables: Value,
    pub(super) client_ip: String,
    pub(super) authorizer: Value,
}

/// A request through a REST API of API Gateway. Setters select another front end.
///
/// The path may have a query. It may be encoded or not.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::http("GET", "/notes?tag=a&tag=b").header("x-user", "ada").build();
/// assert_eq!(event["multiValueQueryStringParameters"]["tag"], json!(["a", "b"]));
///
/// let event = events::http("POST", "/notes").json(json!({"text": "hi"})).http_api().build();
/// assert_eq!(event["requestContext"]["http"]["method"], "POST");
/// ```
pub fn http(method: impl AsRef<str>, path: impl AsRef<str>) -> HttpBuilder {
    let (path, query) = path.as_ref().split_once('?').unwrap_or((path.as_ref(), ""));
    HttpBuilder {
        method: method.as_ref().to_owned(),
        path: utf8_percent_encode(path, PATH).to_string(),
        query: utf8_percent_encode(query, PATH).to_string(),
        headers: Vec::new(),
        cookies: Vec::new(),
        body: Vec::new(),
        front_end: FrontEnd::Rest,
        stage: None,
        stage_variables: Value::Null,
        client_ip: "203.0.113.7".to_owned(),
        authorizer: Value::Null,
    }
}

impl HttpBuilder {
    /// Adds a header. A repeated name adds another value.
    pub fn header(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.headers.push((name.as_ref().to_owned(), value.to_string()));
        self
    }

    /// Adds a query parameter. A repeated name adds another value.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        let pair = Serializer::new(String::new()).append_pair(name.as_ref(), &value.to_string()).finish();
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&pair);
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.cookies.push(format!("{}={}", name.as_ref(), value.as_ref()));
        self
    }

    /// Sets the body. A body that is not text is sent in base64.
    pub fn body(mut self, body: impl Into<Data>) -> Self {
        self.body = body.into().0;
        self
    }

    /// Sets a JSON body and its content type. A value that cannot be serialized is sent as `null`.
    pub fn json(self, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.header("Content-Type", "application/json").body(value)
    }

    /// Sets the front end. Default: a REST API.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let event = events::http("GET", "/notes").through(FrontEnd::Alb).build();
    /// assert!(event["requestContext"]["elb"].is_object());
    /// ```
    pub fn through(mut self, front_end: FrontEnd) -> Self {
        self.front_end = front_end;
        self
    }

    /// Sends it through an HTTP API, payload format 2.0.
    pub fn http_api(self) -> Self {
        self.through(FrontEnd::HttpApi)
    }

    /// Sends it through an HTTP API, payload format 1.0.
    pub fn http_api_v1(self) -> Self {
        self.through(FrontEnd::HttpApiV1)
    }

    /// Sends it through a function URL.
    pub fn function_url(self) -> Self {
        self.through(FrontEnd::FunctionUrl)
    }

    /// Sends it through a load balancer.
    pub fn alb(self) -> Self {
        self.through(FrontEnd::Alb)
    }

    /// Sends it through a load balancer whose target group has multi-value headers.
    pub fn alb_multi_value(self) -> Self {
        self.through(FrontEnd::AlbMulti)
    }

    /// Sets the stage of the API. Default: `api`, for HTTP APIs `$default`.
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.stage = Some(stage.into());
        self
    }

    /// Sets the stage variables, an object of strings.
    pub fn stage_variables(mut self, variables: impl Into<Value>) -> Self {
        self.stage_variables = variables.into();
        self
    }

    /// Sets the address of the client.
    pub fn client_ip(mut self, address: impl Display) -> Self {
        self.client_ip = address.to_string();
        self
    }

    /// Sets the authorizer's values: `authorizer` in the request context.
    pub fn authorizer(mut self, authorizer: impl Into<Value>) -> Self {
        self.authorizer = authorizer.into();
        self
    }

    pub(in crate::testing) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(set, _)| set.eq_ignore_ascii_case(name))
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        http_forms::event(self)
    }
}

becomes_value!(HttpBuilder);
