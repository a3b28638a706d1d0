//! `Next::to`: the rest of a chain as a closure, for tests of a single middleware.

use std::sync::Arc;

use super::next::Next;
use super::response_future::ResponseFuture;
use crate::error::{ChaliceUnhandledError, Error, Result};
use crate::event::{Event, EventAnswer};
use crate::kind::Kind;

/// A closure in place of the rest of a chain.
pub(super) type Alone<E> = dyn Fn(E) -> ResponseFuture<<E as Event>::Response> + Send + Sync;

impl<E: Event> Next<E> {
    /// Makes the rest of a chain from a closure, so that a test can run one middleware without an app.
    ///
    /// Errors and panics of the closure are treated as a handler's. Over HTTP [`run`](Next::run) gives the response of
    /// the error, for other kinds the `Err`. There is no managed state.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[middleware("http")]
    /// async fn served_by(request: Request, next: Next<Request>) -> Result<Response> {
    ///     Ok(next.run(request).await?.with_header("x-served-by", "me"))
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let request = Request::from_value(events::http("GET", "/").build(), Context::default()).unwrap();
    /// let response = served_by(request, Next::to(|_| async { Ok(Response::new("hello")) })).await.unwrap();
    /// assert_eq!(response.headers()["x-served-by"], "me");
    /// # });
    /// ```
    pub fn to<F, Fut>(handler: F) -> Self
    where
        F: Fn(E) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<E::Response>> + Send + 'static,
    {
        Next::alone(Arc::new(move |event: E| {
            let is_http = event.kind() == Kind::Http;
            let answer = ResponseFuture::guarded(|| Ok(ResponseFuture::boxed(handler(event))));
            match is_http {
                true => ResponseFuture::boxed(async { answer.await.or_else(respond::<E>) }),
                false => answer,
            }
        }))
    }
}

fn respond<E: Event>(error: Error) -> Result<E::Response> {
    if error.is::<ChaliceUnhandledError>() {
        return Err(error);
    }
    let answer = E::Response::of_response(error.into_response());
    answer.ok_or_else(|| "the answer to this event is no HTTP response".into())
}
