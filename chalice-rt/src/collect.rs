//! Collects a body that arrives in pieces.

use std::pin::pin;

use bytes::{Buf, Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt;

/// The whole body.
///
/// `http-body-util` has the same, but its cost grows with the square of the number of pieces.
///
/// # Errors
/// The body's own.
pub(crate) async fn collect<B: Body>(body: B) -> Result<Bytes, B::Error> {
    Ok(collect_up_to(body, usize::MAX).await?.unwrap_or_default())
}

/// The whole body, or `None` as soon as it is larger than the limit.
///
/// # Errors
/// The body's own.
pub(crate) async fn collect_up_to<B: Body>(body: B, limit: usize) -> Result<Option<Bytes>, B::Error> {
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await.transpose()? {
        let Ok(mut piece) = frame.into_data() else { continue };
        let length = piece.remaining();
        if length > limit - first.len() - whole.len() {
            return Ok(None);
        }
        let piece = piece.copy_to_bytes(length);
        if first.is_empty() && whole.is_empty() {
            // Most bodies are of one piece, which is not copied.
            first = piece;
            continue;
        }
        whole.extend_from_slice(&std::mem::take(&mut first));
        whole.extend_from_slice(&piece);
    }
    Ok(Some(if whole.is_empty() { first } else { whole.freeze() }))
}

/// Reads and discards the rest of a body, up to `most` bytes.
#[cfg(feature = "local")]
pub(crate) async fn drain<B: Body>(body: B, most: usize) {
    let mut body = pin!(body);
    let mut drained = 0;
    while drained < most
        && let Some(Ok(frame)) = body.frame().await
    {
        drained += frame.data_ref().map_or(0, Buf::remaining);
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll, Waker};

    use http_body::Frame;

    use super::*;

    /// A piece of one byte that counts how often it is looked at.
    struct Piece {
        left: usize,
        looks: Arc<AtomicUsize>,
    }

    impl Buf for Piece {
        fn remaining(&self) -> usize {
            self.looks.fetch_add(1, Ordering::Relaxed);
            self.left
        }

        fn chunk(&self) -> &[u8] {
            self.looks.fetch_add(1, Ordering::Relaxed);
            &b"x"[..self.left]
        }

        fn advance(&mut self, count: usize) {
            self.left -= count;
        }
    }

    struct Pieces {
        count: usize,
        looks: Arc<AtomicUsize>,
    }

    impl Body for Pieces {
        type Data = Piece;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Piece>, Infallible>>> {
            let Some(left) = self.count.checked_sub(1) else { return Poll::Ready(None) };
            self.count = left;
            Poll::Ready(Some(Ok(Frame::data(Piece { left: 1, looks: Arc::clone(&self.looks) }))))
        }
    }

    /// How often pieces are looked at until all of them are one.
    fn looks(count: usize) -> usize {
        let looks = Arc::new(AtomicUsize::new(0));
        let mut whole = pin!(collect(Pieces { count, looks: Arc::clone(&looks) }));
        let polled = whole.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(
            matches!(polled, Poll::Ready(Ok(whole)) if whole.len() == count && whole.iter().all(|byte| *byte == b'x'))
        );
        looks.load(Ordering::Relaxed)
    }

    #[test]
    fn the_cost_grows_with_the_number_of_pieces_and_not_with_its_square() {
        let (few, many) = (looks(100), looks(1000));
        assert!(many <= 12 * few, "{few} looks at 100 pieces, {many} at 1000");
    }
}
