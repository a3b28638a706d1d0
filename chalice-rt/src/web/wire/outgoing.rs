//! Writes a `Response` in the format of its front end, or as a response of the crate `http`.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use serde_json::json;

use super::answer::{Answer, BodyText, Headers, carried};
use crate::error::{Error, Result, catch};
use crate::limits::{LARGEST_ANSWER, MOST_HEADERS, fits};
use crate::web::front_end::FrontEnd;
use crate::web::hop_by_hop::drop_connection_headers;
use crate::web::media_type::{DEFAULT_BINARY_TYPES, accepts_one_of, is_named};
use crate::web::request::Request;
use crate::web::response::{Response, is_cors};

/// The content types whose bodies are sent in base64. `None`: Chalice's.
pub(crate) type BinaryTypes<'a> = Option<&'a [String]>;

/// The parts of a request that its answer depends on. They are kept while the chain has the request.
#[derive(Debug, Clone)]
pub(crate) struct ResponseFormat {
    pub(in crate::web) front_end: &'static FrontEnd,
    /// The `Accept` of a REST API's request. Only REST APIs require it for binary bodies.
    accept: Option<Bytes>,
    head: bool,
}

impl ResponseFormat {
    pub(crate) fn of(request: &Request) -> Self {
        let front_end = request.front_end();
        let accept = || request.0.headers.bytes(request.document(), ACCEPT.as_str());
        ResponseFormat {
            front_end,
            accept: if front_end.asks_accept { accept() } else { None },
            head: request.method() == Method::HEAD,
        }
    }

    /// Whether the client may refuse some response: that of a REST API may, unless it accepts all.
    pub(crate) fn may_refuse(&self) -> bool {
        self.front_end.asks_accept && self.accept.as_deref() != Some(b"*/*")
    }

    /// The response, or a 400 if its type is binary and the client of a REST API does not accept it. It runs inside the
    /// middleware, as in Chalice, so that middleware sees the 400.
    pub(crate) fn accepted(&self, response: Response, binary_types: BinaryTypes<'_>) -> Response {
        if !self.may_refuse() || is_bodyless(response.status()) {
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
        accept.is_some_and(|accept| match binary_types {
            Some(types) => accepts_one_of(accept, types),
            None => accepts_one_of(accept, &DEFAULT_BINARY_TYPES),
        })
    }
}

/// A response that is leaving.
pub(crate) struct OutgoingResponse<'a> {
    front_end: &'static FrontEnd,
    response: Response,
    binary_types: BinaryTypes<'a>,
}

impl<'a> OutgoingResponse<'a> {
    pub(crate) fn new(form: &ResponseFormat, response: Response, binary_types: BinaryTypes<'a>) -> Self {
        let mut response = form.accepted(leaving(response), binary_types);
        if form.head || is_bodyless(response.status()) {
            response.drop_body();
        }
        OutgoingResponse { front_end: form.front_end, response, binary_types }
    }

    /// The JSON for the front end. If it cannot be written, that of the generic 500.
    ///
    /// # Errors
    /// The JSON is larger than Lambda's limit.
    pub(crate) fn json(&self) -> Result<Bytes> {
        catch(|| self.written()).unwrap_or_else(|panic| {
            let response = unwritable(panic);
            OutgoingResponse { response, ..*self }.written()
        })
    }

    fn written(&self) -> Result<Bytes> {
        let (response, headers) = (&self.response, self.response.headers());
        let base64 = !response.body().is_empty() && travels_as_base64(response, self.binary_types);
        let mut answer = Answer::new(response.status(), BodyText { body: response.body(), base64 });
        (self.front_end.write_head)(response.status(), headers, &mut answer);
        written(&answer)
    }

    /// The response that a function URL would make of the JSON, without writing the JSON. If that fails, the generic
    /// 500.
    ///
    /// # Errors
    /// The JSON would be larger than Lambda's limit.
    #[inline]
    pub(crate) fn into_http(self) -> Result<http::Response<Bytes>> {
        catch(|| self.carried()).unwrap_or_else(|panic| Ok(unwritable(panic).into_http()))
    }

    fn carried(self) -> Result<http::Response<Bytes>> {
        // Only then measure: a byte takes up to six in JSON, and headers are small.
        if self.response.body().len() > LARGEST_ANSWER / 8 {
            self.json()?;
        }
        let mut response = self.response.into_http();
        *response.headers_mut() = carried(std::mem::take(response.headers_mut()))?;
        Ok(response)
    }
}

/// The response for one whose writing panicked.
fn unwritable(panic: Error) -> Response {
    tracing::error!(
        error_type = panic.type_name(),
        "a response cannot be written; it becomes a 500: {panic}"
    );
    Response::generic().with_error(Arc::new(panic))
}

/// Writes the answer to a WebSocket event.
///
/// # Errors
/// The JSON is larger than Lambda's limit.
pub(crate) fn encode_websocket(response: Response) -> Result<Bytes> {
    let response = leaving(response);
    let base64 = str::from_utf8(response.body()).is_err();
    let mut answer = Answer::new(response.status(), BodyText { body: response.body(), base64 });
    answer.headers = Some(Headers::Spelled(response.headers()));
    answer.is_base64_encoded = base64.then_some(true);
    written(&answer)
}

/// Prepares a response for every front end.
fn leaving(response: Response) -> Response {
    let mut response = response.settled();
    let count = response.headers().len();
    if count > MOST_HEADERS {
        tracing::error!(
            "a response has {count} headers; up to {MOST_HEADERS} can be sent, so it becomes a 500"
        );
        return Response::generic();
    }
    drop_connection_headers(response.headers_mut());
    response
}

fn written(answer: &Answer<'_>) -> Result<Bytes> {
    let mut json = Vec::with_capacity(answer.body.body.len() + 256);
    serde_json::to_writer(&mut json, answer)?;
    fits(json.len())?;
    Ok(json.into())
}

/// Whether the body is sent in base64. Bytes that are not UTF-8 always are.
fn travels_as_base64(response: &Response, binary_types: BinaryTypes<'_>) -> bool {
    let header = |name| response.headers().get(name).map(HeaderValue::to_str).and_then(Result::ok);
    header(CONTENT_TYPE).is_some_and(|content_type| is_binary(content_type, binary_types))
        || header(CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity"))
        || str::from_utf8(response.body()).is_err()
}

fn is_binary(content_type: &str, binary_types: BinaryTypes<'_>) -> bool {
    match binary_types {
        Some(types) => is_named(content_type, types),
        None => is_named(content_type, &DEFAULT_BINARY_TYPES),
    }
}

fn is_bodyless(status: StatusCode) -> bool {
    status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED
}

fn refusal(content_type: &str) -> Response {
    let message = format!(
        "Request did not specify an Accept header with {content_type}, The response has a Content-Type of \
         {content_type}. If a response has a binary Content-Type then the request must specify an Accept header that \
         matches."
    );
    Response::new(json!({"Code": "BadRequest", "Message": message})).with_status(StatusCode::BAD_REQUEST)
}

/// Adds the response's CORS headers to the refusal, so that browsers can read it.
fn with_cors_of(response: &Response, mut refusal: Response) -> Response {
    for (name, value) in response.headers().iter().filter(|(name, _)| is_cors(name)) {
        refusal.headers_mut().append(name, value.clone());
    }
    refusal
}
