//! Nodes: the elements of a chain. Each node knows the type of its future, so that the future's box can be reused.

use super::middleware::Middleware;
use super::next::Next;
use super::pool::Pool;
use super::response_future::ResponseFuture;
use crate::error::Result;
use crate::event::Event;
use crate::extract::Start;

/// One element of a chain: a middleware, or the handler at the end.
pub(crate) trait Node<E: Event>: Send + Sync {
    fn start(&'static self, event: E, next: Next<E>) -> Result<ResponseFuture<E::Response>>;
}

struct Step<C, F: Future + 'static, R: 'static> {
    call: C,
    pool: Pool<F, R>,
}

impl<E, C, F> Node<E> for Step<C, F, E::Response>
where
    E: Event,
    C: Fn(E, Next<E>) -> F + Send + Sync,
    F: Future<Output = Result<E::Response>> + Send + 'static,
{
    fn start(&'static self, event: E, next: Next<E>) -> Result<ResponseFuture<E::Response>> {
        Ok(ResponseFuture::pooled(self.pool.put((self.call)(event, next))))
    }
}

/// The node that calls this function. It lives as long as the process, as chains do.
pub(crate) fn step<E, C, F>(call: C) -> &'static dyn Node<E>
where
    E: Event,
    C: Fn(E, Next<E>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<E::Response>> + Send + 'static,
{
    Box::leak(Box::new(Step { call, pool: Pool::new(std::convert::identity) }))
}

/// Makes the node of a middleware.
pub(crate) fn middleware_node<E: Event, M: Middleware<E>>(middleware: &'static M) -> &'static dyn Node<E> {
    step(move |event, next| middleware.call(event, next))
}

/// A handler, which is the node at the end of its chain.
pub(crate) trait Handler<E: Event>: Node<E> {
    /// Reads the arguments from the event and calls the function.
    fn call(&'static self, event: &mut E) -> Result<ResponseFuture<E::Response>>;
}

struct Function<E, F: Future + 'static, R: 'static> {
    start: Start<E, F>,
    pool: Pool<F, R>,
}

impl<E, F> Handler<E> for Function<E, F, E::Response>
where
    E: Event,
    F: Future + Send + 'static,
{
    fn call(&'static self, event: &mut E) -> Result<ResponseFuture<E::Response>> {
        Ok(ResponseFuture::pooled(self.pool.put((self.start)(event)?)))
    }
}

impl<E, F> Node<E> for Function<E, F, E::Response>
where
    E: Event,
    F: Future,
    Self: Handler<E>,
{
    fn start(&'static self, mut event: E, _next: Next<E>) -> Result<ResponseFuture<E::Response>> {
        self.call(&mut event)
    }
}

/// The handler that calls `start`, and makes an answer of the future's output with `finish`.
pub(crate) fn handler<E, F>(
    start: Start<E, F>,
    finish: fn(F::Output) -> Result<E::Response>,
) -> &'static dyn Handler<E>
where
    E: Event,
    F: Future + Send + 'static,
{
    Box::leak(Box::new(Function { start, pool: Pool::new(finish) }))
}
