//! The answer of the app as an HTTP response.

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue, Response, StatusCode};
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

/// Headers that the server sets itself, as Lambda does, whatever the app says.
const OF_THE_CONNECTION: [HeaderName; 3] = [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING];

/// What the app gave.
pub(super) fn of_app(mut response: Response<Bytes>) -> Answer {
    for name in OF_THE_CONNECTION {
        response.headers_mut().remove(name);
    }
    response.map(Full::new)
}
