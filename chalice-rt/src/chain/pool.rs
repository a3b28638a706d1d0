//! Futures whose boxes are reused. The future of a node has the same type at every call, so its box is kept for the next
//! call: a call allocates nothing unless the same node runs twice at once.
//!
//! The code here is compiled once for each handler and middleware, so it is kept short.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::error::Result;

/// Keeps one box between two calls, and makes the node's answer of the future's output.
pub(crate) struct Pool<F: Future + 'static, R: 'static> {
    place: Mutex<Option<Boxed<F, R>>>,
    finish: fn(F::Output) -> Result<R>,
}

pin_project! {
    /// The content of a box: room for one future, and the pool that the box goes back to.
    pub(crate) struct Slot<F, R> where F: Future, F: 'static, R: 'static {
        #[pin]
        future: Option<F>,
        pool: &'static Pool<F, R>,
    }
}

type Boxed<F, R> = Pin<Box<Slot<F, R>>>;

/// A future in a box that can be returned to its pool.
pub(crate) trait Pooled<R>: Send {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<R>>;

    /// Drops the future and returns the box to its pool.
    fn give_back(self: Pin<Box<Self>>);
}

impl<F: Future, R> Pool<F, R> {
    pub(crate) const fn new(finish: fn(F::Output) -> Result<R>) -> Self {
        Pool { place: Mutex::new(None), finish }
    }

    /// Puts the future into the kept box, or into a new one.
    pub(crate) fn put(&'static self, future: F) -> Boxed<F, R> {
        // Never waits: if the slot is empty or locked, it allocates.
        let kept = self.place.try_lock().ok().and_then(|mut place| place.take());
        match kept {
            Some(mut slot) => {
                slot.as_mut().project().future.set(Some(future));
                slot
            }
            None => Box::pin(Slot { future: Some(future), pool: self }),
        }
    }
}

impl<F: Future + Send + 'static, R> Pooled<R> for Slot<F, R> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<R>> {
        let slot = self.project();
        match slot.future.as_pin_mut() {
            Some(future) => future.poll(cx).map(slot.pool.finish),
            None => Poll::Pending,
        }
    }

    fn give_back(mut self: Pin<Box<Self>>) {
        self.as_mut().project().future.set(None);
        let pool = self.pool;
        if let Ok(mut place) = pool.place.try_lock() {
            *place = Some(self);
        }
    }
}
