//! Reads the body of a request, with a limit for its size and its time.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, EXPECT};
use http::{HeaderMap, StatusCode};
use http_body::Body;
use tokio::time::timeout;

use super::answer::{Answer, refusal};
use crate::collect::{collect_up_to, drain};

/// The time that a body may take to arrive.
pub(super) const TIME: Duration = Duration::from_secs(30);

/// The part of a too large body that is still read, because a client that is still sending does not read the answer.
const DRAINED: usize = 64 * 1024 * 1024;

/// The whole body, or the answer to one that is larger than the limit or does not arrive in time.
pub(super) async fn whole<B: Body>(
    headers: &HeaderMap,
    body: B,
    limit: usize,
    time: Duration,
) -> Result<Bytes, Answer> {
    match timeout(time, read(headers, body, limit)).await {
        Ok(read) => read,
        Err(_) => Err(too_slow(time)),
    }
}

async fn read<B: Body>(headers: &HeaderMap, body: B, limit: usize) -> Result<Bytes, Answer> {
    let mut body = pin!(body);
    if declared(headers).is_some_and(|length| length > limit as u64) {
        // A client with `Expect` waits before it sends, so there is nothing to read.
        if !headers.contains_key(EXPECT) {
            drain(body, DRAINED).await;
        }
        return Err(too_large(limit));
    }
    match collect_up_to(body.as_mut(), limit).await {
        Ok(Some(whole)) => Ok(whole),
        Ok(None) => {
            drain(body, DRAINED).await;
            Err(too_large(limit))
        }
        Err(_) => Err(refusal(StatusCode::BAD_REQUEST, "BadRequestError", "the body ended too early")),
    }
}

fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(limit: usize) -> Answer {
    let message = format!("the body is larger than {limit} bytes, the most that the app takes");
    refusal(StatusCode::PAYLOAD_TOO_LARGE, "PayloadTooLargeError", &message)
}

fn too_slow(time: Duration) -> Answer {
    let message = format!("the body did not arrive within {time:?}");
    refusal(StatusCode::REQUEST_TIMEOUT, "RequestTimeoutError", &message)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::Frame;
    use http_body_util::Full;
    use tokio::runtime::Builder;

    use super::*;

    /// A body that never ends.
    struct Endless;

    impl Body for Endless {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    fn status<B: Body>(body: B, time: Duration) -> Option<StatusCode> {
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        let outcome = runtime.block_on(whole(&HeaderMap::new(), body, 4, time));
        outcome.err().map(|answer| answer.status())
    }

    #[test]
    fn a_body_is_neither_too_large_nor_too_slow() {
        assert_eq!(status(Full::new(Bytes::from("four")), TIME), None);
        assert_eq!(status(Full::new(Bytes::from("fives")), TIME), Some(StatusCode::PAYLOAD_TOO_LARGE));
        assert_eq!(status(Endless, Duration::ZERO), Some(StatusCode::REQUEST_TIMEOUT));
    }
}
