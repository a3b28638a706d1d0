//! The answer of the app as an HTTP response.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;

/// The response of the server.
pub(super) type Answer = Response<Full<Bytes>>;

/// An error of the server itself, in the format of an app's errors.
pub(super) fn refusal(status: StatusCode, code: &str, message: &str) -> Answer {
    let body = serde_json::json!({"Code": code, "Message": message}).to_string();
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// The answer of the app.
pub(super) fn of_app(response: Response<Bytes>) -> Answer {
    response.map(Full::new)
}
