//! Middleware over `AnyEvent` in a chain of any kind.

use super::middleware::Middleware;
use super::next::{At, Chain, Next, Passing};
use super::response_future::ResponseFuture;
use super::threads::Threads;
use crate::error::Result;
use crate::event::{AnyEvent, AnyResponse, InAll, InAnyResponse};
use crate::state::StateStore;

/// Adapts a middleware over `AnyEvent` to the event type of a chain.
pub(crate) struct OverAny<M: 'static>(pub(crate) &'static M);

impl<E: InAll, M: Middleware<AnyEvent>> Middleware<E> for OverAny<M> {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let Some(At { chain, position }) = next.position() else {
            return Err("no chain of one kind".into());
        };
        let kind = event.kind();
        let answer = self.0.call(event.into_any(), Next::passing(chain, position)).await?;
        InAnyResponse::from_any(answer, kind)
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn trace_execution(&self) -> Option<bool> {
        self.0.trace_execution()
    }

    fn threads(&self) -> Threads {
        self.0.threads()
    }
}

impl<E: InAll> Passing<AnyEvent> for Chain<E> {
    fn run_from(&'static self, position: usize, event: AnyEvent) -> ResponseFuture<AnyResponse> {
        let run = match E::from_any(event) {
            Ok(event) => At { chain: self, position }.run(event),
            Err(error) => return ResponseFuture::failed(error),
        };
        ResponseFuture::boxed(async move { run.await.map(InAnyResponse::into_any) })
    }

    fn states(&self) -> &'static StateStore {
        self.states
    }
}
