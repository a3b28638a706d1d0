//! From a `Response` to what leaves: the JSON that its front end takes, or the response itself.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::answer::{BodyText, Cookies, Headers, MultiHeaders, carried};
use super::content_type::{DEFAULT_BINARY_TYPES, is_one_of};
use super::front_end::FrontEnd;
use super::request::Request;
use super::response::{Response, is_cors};
use crate::error::{Error, Result};

/// What Lambda takes as the answer of one invocation, in bytes.
const LIMIT: usize = 6_291_556;

/// The content types whose bodies travel as base64; those of Chalice unless the app names others.
pub(crate) type BinaryTypes<'a> = Option<&'a [String]>;

/// What must be known of a request to answer it, kept while the request is on its way through the chain.
#[derive(Debug, Clone)]
pub(crate) struct ReplyForm {
    front_end: FrontEnd,
    /// The `Accept` of a REST API's request: it alone sends bytes only to those who ask for them.
    accept: Option<Bytes>,
    head: bool,
}

impl ReplyForm {
    pub(crate) fn of(request: &Request) -> Self {
        let front_end = request.front_end();
        let accept = || request.0.fields.bytes(request.document(), ACCEPT.as_str());
        ReplyForm {
            front_end,
            accept: if front_end == FrontEnd::RestV1 { accept() } else { None },
            head: request.method() == Method::HEAD,
        }
    }

    /// The response, or a 400 if it is of a binary type and the client of a REST API does not accept any. Chalice does this
    /// when the view is done, so that its middleware sees the 400.
    pub(crate) fn accepted(&self, response: Response, binary_types: BinaryTypes<'_>) -> Response {
        if self.front_end != FrontEnd::RestV1 || is_bodyless(response.status()) {
            return response;
        }
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or("application/json");
        if !is_binary(content_type, binary_types) || self.accepts(binary_types) {
            return response;
        }
        with_cors_of(&response, refusal(content_type))
    }

    fn accepts(&self, binary_types: BinaryTypes<'_>) -> bool {
        let accept = self.accept.as_deref().and_then(|accept| str::from_utf8(accept).ok());
        accept.is_some_and(|accept| is_binary(accept, binary_types))
    }
}

/// A response as it leaves.
pub(crate) struct Leaving<'a> {
    front_end: FrontEnd,
    response: Response,
    binary_types: BinaryTypes<'a>,
}

impl<'a> Leaving<'a> {
    pub(crate) fn new(form: &ReplyForm, response: Response, binary_types: BinaryTypes<'a>) -> Self {
        let mut response = form.accepted(response.settled(), binary_types);
        if form.head || is_bodyless(response.status()) {
            response.drop_body();
        }
        Leaving { front_end: form.front_end, response, binary_types }
    }

    /// The JSON that the request's front end takes.
    ///
    /// # Errors
    /// It is larger than what Lambda takes.
    pub(crate) fn json(&self) -> Result<Bytes> {
        let (response, headers) = (&self.response, self.response.headers());
        let base64 = !response.body().is_empty() && travels_as_base64(response, self.binary_types);
        let mut answer = Answer::new(response.status(), BodyText { body: response.body(), base64 });
        match self.front_end {
            FrontEnd::RestV1 | FrontEnd::HttpApiV1 => {
                answer.headers = Some(Headers::Once(headers));
                answer.multi_value_headers = Some(MultiHeaders::Several(headers));
            }
            FrontEnd::HttpApiV2 | FrontEnd::FunctionUrl => {
                answer.headers = Some(Headers::Joined(headers));
                answer.cookies = Some(Cookies(headers));
            }
            FrontEnd::Alb { multi_value } => {
                answer.status_description = Some(description(response.status()));
                answer.headers = (!multi_value).then_some(Headers::Spelled(headers));
                answer.multi_value_headers = multi_value.then_some(MultiHeaders::All(headers));
            }
        }
        written(&answer)
    }

    /// The response that a function URL makes of the JSON, without the way through JSON.
    ///
    /// # Errors
    /// The JSON would be larger than what Lambda takes.
    #[inline]
    pub(crate) fn into_http(self) -> Result<http::Response<Bytes>> {
        // A byte takes up to six in JSON, and headers are small.
        if self.response.body().len() > LIMIT / 8 {
            self.json()?;
        }
        let mut response = http::Response::new(self.response.body().clone());
        *response.status_mut() = self.response.status();
        *response.headers_mut() = carried(self.response.into_headers())?;
        Ok(response)
    }
}

/// Writes the answer to a WebSocket event.
///
/// # Errors
/// The JSON is larger than what Lambda takes.
pub(crate) fn encode_websocket(response: Response) -> Result<Bytes> {
    let response = response.settled();
    let base64 = str::from_utf8(response.body()).is_err();
    let mut answer = Answer::new(response.status(), BodyText { body: response.body(), base64 });
    answer.headers = Some(Headers::Spelled(response.headers()));
    answer.is_base64_encoded = base64.then_some(true);
    written(&answer)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    status_code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Headers<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_value_headers: Option<MultiHeaders<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cookies: Option<Cookies<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_base64_encoded: Option<bool>,
    body: BodyText<'a>,
}

impl<'a> Answer<'a> {
    fn new(status: StatusCode, body: BodyText<'a>) -> Self {
        Answer {
            status_code: status.as_u16(),
            status_description: None,
            headers: None,
            multi_value_headers: None,
            cookies: None,
            is_base64_encoded: Some(body.base64),
            body,
        }
    }
}

fn written(answer: &Answer<'_>) -> Result<Bytes> {
    let mut json = Vec::with_capacity(answer.body.body.len() + 256);
    serde_json::to_writer(&mut json, answer)?;
    if json.len() > LIMIT {
        return Err(too_large(json.len()));
    }
    Ok(json.into())
}

pub(crate) fn too_large(size: usize) -> Error {
    format!("the answer has {size} bytes, and Lambda takes {LIMIT} at most").into()
}

/// Bytes are never sent as a text that they are not.
fn travels_as_base64(response: &Response, binary_types: BinaryTypes<'_>) -> bool {
    let header = |name| response.headers().get(name).map(HeaderValue::to_str).and_then(Result::ok);
    header(CONTENT_TYPE).is_some_and(|content_type| is_binary(content_type, binary_types))
        || header(CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity"))
        || str::from_utf8(response.body()).is_err()
}

fn is_binary(header: &str, binary_types: BinaryTypes<'_>) -> bool {
    binary_types.map_or_else(|| is_one_of(header, &DEFAULT_BINARY_TYPES), |types| is_one_of(header, types))
}

fn is_bodyless(status: StatusCode) -> bool {
    status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED
}

fn description(status: StatusCode) -> String {
    format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or("Unknown"))
}

fn refusal(content_type: &str) -> Response {
    let message = format!(
        "Request did not specify an Accept header with {content_type}, The response has a Content-Type of \
         {content_type}. If a response has a binary Content-Type then the request must specify an Accept header that \
         matches."
    );
    Response::new(json!({"Code": "BadRequest", "Message": message})).with_status(StatusCode::BAD_REQUEST)
}

/// The refusal, readable for those across origins who could have read the response.
fn with_cors_of(response: &Response, mut refusal: Response) -> Response {
    for (name, value) in response.headers().iter().filter(|(name, _)| is_cors(name)) {
        refusal.headers_mut().append(name, value.clone());
    }
    refusal
}
