//! The body of a request, no larger than Lambda would take.

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;

use super::answer::{Answer, refusal};

/// What Lambda takes in one invocation.
pub(super) const LIMIT: usize = 6 * 1024 * 1024;

/// The whole body, or the answer to one that cannot be had.
pub(super) async fn whole(headers: &HeaderMap, body: Incoming) -> Result<Bytes, Answer> {
    if declared(headers).is_some_and(|length| length > LIMIT as u64) {
        return Err(too_large());
    }
    match Limited::new(body, LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(refusal(StatusCode::BAD_REQUEST, "BadRequestError", "the body ended too early")),
    }
}

fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large() -> Answer {
    let message = "the body is larger than 6 MB, the most that Lambda takes";
    refusal(StatusCode::PAYLOAD_TOO_LARGE, "PayloadTooLargeError", message)
}
