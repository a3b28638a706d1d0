//! Nodes: what a chain is made of. The type of a node's future is inferred here, so that its box can be used again.

use super::middleware::Middleware;
use super::next::{Next, Run};
use super::pool::Pool;
use crate::error::Result;
use crate::event::Event;
use crate::extract::Sources;

/// One place of a chain: a middleware, or the handler at the end.
pub(crate) trait Node<E: Event>: Send + Sync {
    fn start(&'static self, event: E, next: Next<E>) -> Result<Run<E::Response>>;
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
    fn start(&'static self, event: E, next: Next<E>) -> Result<Run<E::Response>> {
        Ok(Run::pooled(self.pool.put((self.call)(event, next))))
    }
}

/// A node that lives as long as the process, as chains do.
pub(crate) fn step<E, C, F>(call: C) -> &'static dyn Node<E>
where
    E: Event,
    C: Fn(E, Next<E>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<E::Response>> + Send + 'static,
{
    Box::leak(Box::new(Step { call, pool: Pool::new(std::convert::identity) }))
}

/// The node of a middleware.
pub(crate) fn layer<E: Event, M: Middleware<E>>(middleware: &'static M) -> &'static dyn Node<E> {
    step(move |event, next| middleware.call(event, next))
}

/// A handler, which is the node at the end of its chain.
pub(crate) trait Handler<E: Event>: Node<E> {
    /// Makes the arguments of the event and calls the function.
    fn call(&'static self, event: &mut E) -> Result<Run<E::Response>>;
}

struct Function<S, C, F: Future + 'static, R: 'static> {
    sources: S,
    call: C,
    pool: Pool<F, R>,
}

impl<E, S, C, F> Handler<E> for Function<S, C, F, E::Response>
where
    E: Event,
    S: Sources<E>,
    C: Fn(S::Values) -> F + Send + Sync,
    F: Future + Send + 'static,
{
    fn call(&'static self, event: &mut E) -> Result<Run<E::Response>> {
        let arguments = self.sources.read(event, true)?;
        Ok(Run::pooled(self.pool.put((self.call)(arguments))))
    }
}

impl<E, S, C, F> Node<E> for Function<S, C, F, E::Response>
where
    E: Event,
    F: Future,
    Self: Handler<E>,
{
    fn start(&'static self, mut event: E, _next: Next<E>) -> Result<Run<E::Response>> {
        self.call(&mut event)
    }
}

/// The handler that reads these sources, makes a future of what they give, and an answer of the future's output.
pub(crate) fn handler<E, S, C, F>(
    sources: S,
    call: C,
    finish: fn(F::Output) -> Result<E::Response>,
) -> &'static dyn Handler<E>
where
    E: Event,
    S: Sources<E>,
    C: Fn(S::Values) -> F + Send + Sync + 'static,
    F: Future + Send + 'static,
{
    Box::leak(Box::new(Function { sources, call, pool: Pool::new(finish) }))
}
