//! Futures whose boxes are used again. A middleware's future has the same type at every call, so its box is kept for
//! the next one: a call allocates nothing unless the same middleware runs twice at once.

use std::pin::Pin;
use std::task::{Context, Poll};

use crossbeam_utils::atomic::AtomicCell;
use pin_project_lite::pin_project;

/// The place where one future's box waits between two calls.
pub(crate) struct Pool<F: 'static>(AtomicCell<Option<Pin<Box<Slot<F>>>>>);

pin_project! {
    /// A box with room for one future, and the way back to its pool.
    pub(crate) struct Slot<F: 'static> {
        #[pin]
        future: Option<F>,
        pool: &'static Pool<F>,
    }
}

/// A future in a box that can be given back.
pub(crate) trait Pooled<T>: Send {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T>;

    /// Drops the future and keeps the box.
    fn give_back(self: Pin<Box<Self>>);
}

impl<F: 'static> Pool<F> {
    pub(crate) const fn new() -> Self {
        Pool(AtomicCell::new(None))
    }

    /// The future in a box, used or new.
    pub(crate) fn put(&'static self, future: F) -> Pin<Box<Slot<F>>> {
        match self.0.take() {
            Some(mut slot) => {
                slot.as_mut().project().future.set(Some(future));
                slot
            }
            None => Box::pin(Slot { future: Some(future), pool: self }),
        }
    }
}

impl<T, F: Future<Output = T> + Send + 'static> Pooled<T> for Slot<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match self.project().future.as_pin_mut() {
            Some(future) => future.poll(cx),
            None => Poll::Pending,
        }
    }

    fn give_back(mut self: Pin<Box<Self>>) {
        self.as_mut().project().future.set(None);
        let pool = self.pool;
        pool.0.store(Some(self));
    }
}
