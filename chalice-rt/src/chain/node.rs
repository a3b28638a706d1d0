//! Nodes: what a chain is made of. The type of a node's future is inferred here, so that its box can be used again.

use super::middleware::Middleware;
use super::next::{Next, Run};
use super::pool::Pool;
use crate::error::{Result, guarded};
use crate::event::Event;

/// One place of a chain: a middleware, or the handler at the end.
pub(crate) trait Node<E: Event>: Send + Sync {
    fn start(&'static self, event: E, next: Next<E>) -> Run<E::Response>;
}

struct Step<C, F: 'static> {
    call: C,
    pool: Pool<F>,
}

impl<E, C, F> Node<E> for Step<C, F>
where
    E: Event,
    C: Fn(E, Next<E>) -> F + Send + Sync,
    F: Future<Output = Result<E::Response>> + Send + 'static,
{
    fn start(&'static self, event: E, next: Next<E>) -> Run<E::Response> {
        Run::pooled(self.pool.put((self.call)(event, next)))
    }
}

/// A node that lives as long as the process, as chains do.
pub(super) fn step<E, C, F>(call: C) -> &'static dyn Node<E>
where
    E: Event,
    C: Fn(E, Next<E>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<E::Response>> + Send + 'static,
{
    Box::leak(Box::new(Step { call, pool: Pool::new() }))
}

/// The node of a middleware. A panic in it is an `Err` to the middleware outside.
pub(crate) fn layer<E: Event, M: Middleware<E>>(middleware: &'static M) -> &'static dyn Node<E> {
    step(move |event, next| guarded(move || middleware.call(event, next)))
}

/// The node at the end: it makes the answer.
pub(crate) fn end<E, C, F>(call: C) -> &'static dyn Node<E>
where
    E: Event,
    C: Fn(E) -> F + Send + Sync + 'static,
    F: Future<Output = Result<E::Response>> + Send + 'static,
{
    step(move |event, _next| call(event))
}
