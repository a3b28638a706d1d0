use crate::chain::{Next, Threads};
use crate::describe::Describe;
use crate::error::{Result, short_name};
use crate::event::Event;

/// Code that runs around the handlers of an event.
///
/// Functions and closures `async fn(event: E, next: Next<E>) -> Result<E::Response>` are middleware. A type is one if
/// it implements this trait, for one event or generic over all. A middleware passes the event on with [`Next::run`]. If
/// it returns without that, nothing further in runs, and the middleware further out receives its answer.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(Default)]
/// struct ServedBy;
///
/// #[middleware("http")]
/// impl Middleware<Request> for ServedBy {
///     async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
///         Ok(next.run(request).await?.with_header("x-served-by", "me"))
///     }
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a middleware for `{E}`",
    label = "not a middleware for this event",
    note = "a middleware is a function `async fn name(event: Event, next: Next<Event>) -> Result<Response>` of this very event, a type that implements `Middleware` for it, or what a `#[middleware_factory]` makes when it is called"
)]
pub trait Middleware<E: Event>: Send + Sync + 'static {
    /// Handles the event. Most implementations await `next.run(event)` and return its answer.
    fn call(&self, event: E, next: Next<E>) -> impl Future<Output = Result<E::Response>> + Send;

    /// The name of the middleware in listings and spans: the last segment of the type's path.
    #[doc(hidden)]
    fn name(&self) -> &'static str {
        name_of(std::any::type_name::<Self>())
    }

    /// Describes what the middleware needs of the app and of the middleware outside it, and what it provides.
    #[doc(hidden)]
    fn describe(&self, _description: &mut Describe) {}

    /// Whether a span surrounds the middleware. `None`: `POWERTOOLS_TRACE_MIDDLEWARES` decides.
    #[doc(hidden)]
    fn trace_execution(&self) -> Option<bool> {
        None
    }

    /// The threads that the middleware needs: several for a sync function.
    #[doc(hidden)]
    fn threads(&self) -> Threads {
        Threads::ONE
    }
}

#[diagnostic::do_not_recommend]
impl<E, F, Fut> Middleware<E> for F
where
    E: Event,
    F: Fn(E, Next<E>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<E::Response>> + Send + 'static,
{
    fn call(&self, event: E, next: Next<E>) -> impl Future<Output = Result<E::Response>> + Send {
        self(event, next)
    }
}

/// The last segment of a type's path. A closure's name is `closure`.
pub(crate) fn name_of(path: &'static str) -> &'static str {
    if path.ends_with("{{closure}}") { "closure" } else { short_name(path) }
}
