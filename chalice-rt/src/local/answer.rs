//! The answer of the app as an HTTP response.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;
use serde::Serialize;

/// What the server sends.
pub(super) type Answer = Response<Full<Bytes>>;

/// The server's own answer, in the shape that the errors of an app have.
pub(super) fn refusal(status: StatusCode, code: &str, message: &str) -> Answer {
    json(status, &serde_json::json!({"Code": code, "Message": message}))
}

/// An answer of JSON.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    // What the server itself says is text, which always serialises.
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// What the app gave.
pub(super) fn of_app(response: Response<Bytes>) -> Answer {
    response.map(Full::new)
}
