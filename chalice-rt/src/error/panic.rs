//! A panic as an error. It is caught where user code is called, so that only that invocation fails.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Error, Result};

/// The error of a handler or a middleware that panicked. Its text is the panic's message.
///
/// With `panic = "abort"` in the profile a panic ends the process and cannot be caught.
#[derive(Debug)]
pub struct PanicError(String);

impl fmt::Display for PanicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PanicError {}

/// Calls `f`; a panic in it becomes a [`PanicError`].
pub(crate) fn catch<T>(f: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| panicked(&*payload))
}

/// Awaits the future that `make` returns. A panic while making or polling it is an `Err`.
pub(crate) fn guarded<T, F: Future<Output = Result<T>>>(make: impl FnOnce() -> F) -> Guarded<F> {
    Guarded::from(catch(make))
}

pin_project_lite::pin_project! {
    #[project = GuardedProjection]
    /// The future of [`guarded`].
    pub(crate) enum Guarded<F> {
        Polling { #[pin] future: F },
        Failed { error: Option<Error> },
    }
}

impl<F> From<Result<F>> for Guarded<F> {
    fn from(made: Result<F>) -> Self {
        match made {
            Ok(future) => Guarded::Polling { future },
            Err(error) => Guarded::Failed { error: Some(error) },
        }
    }
}

impl<T, F: Future<Output = Result<T>>> Future for Guarded<F> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            GuardedProjection::Polling { future } => {
                catch(|| future.poll(cx)).unwrap_or_else(|error| Poll::Ready(Err(error)))
            }
            GuardedProjection::Failed { error } => {
                Poll::Ready(Err(error.take().unwrap_or_else(|| Error::from("polled after it was ready"))))
            }
        }
    }
}

fn panicked(payload: &(dyn Any + Send)) -> Error {
    PanicError(message_of(payload).to_owned()).into()
}

/// The message of a panic.
pub(crate) fn message_of(payload: &dyn Any) -> &str {
    let text = payload.downcast_ref::<&'static str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
}
