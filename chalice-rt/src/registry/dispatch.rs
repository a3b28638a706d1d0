//! Serves the events of a source. The source's types are erased once, where the builder of a handler still knows them.

use std::any::Any;
use std::pin::Pin;

use bytes::Bytes;

use super::chains::{AnyChain, ChainBuilder};
use super::find::find;
use super::handler::HandlerSpec;
use super::middleware::MiddlewareSpec;
use crate::chain::Chain;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::event::{EventAnswer, EventInternal, Source};
use crate::raw_event::RawEvent;

/// The JSON answer to an invocation, once all of its events have run.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Bytes>> + Send>>;

/// The functions that serve one source. A binary contains them only for the sources of its own handlers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dispatch {
    /// Builds the chain of a handler.
    chain: fn(&HandlerSpec, &[&MiddlewareSpec], ChainBuilder) -> Option<AnyChain>,
    /// Runs the handlers of the events in a document.
    serve: fn(RawEvent, Context, &'static [Served], Option<&'static Served>) -> Answering,
}

/// A handler with its chain.
pub(crate) struct Served {
    /// The index among all handlers of the app.
    pub(crate) index: usize,
    pub(crate) handler: &'static HandlerSpec,
    pub(super) chain: AnyChain,
}

impl Dispatch {
    #[inline]
    pub(super) fn of<S: Source>() -> Self {
        Dispatch { chain: chain::<S>, serve: serve::<S> }
    }

    /// Builds the handler's chain with this middleware. `None` if the handler is not of this source.
    pub(crate) fn built(
        self,
        index: usize,
        handler: &'static HandlerSpec,
        around: &[&MiddlewareSpec],
        chain_builder: ChainBuilder,
    ) -> Option<Served> {
        Some(Served { index, handler, chain: (self.chain)(handler, around, chain_builder)? })
    }

    /// Serves a document. Its bindings select the handler of each event, unless `_HANDLER` names one.
    pub(crate) fn serve(
        self,
        document: RawEvent,
        context: Context,
        handlers: &'static [Served],
        named: Option<&'static Served>,
    ) -> Answering {
        (self.serve)(document, context, handlers, named)
    }
}

impl Served {
    /// The binding of the handler.
    pub(super) fn binding<S: Source>(&self) -> Option<&S::Binding> {
        let (binding, _) = self.handler.event()?;
        (binding as &dyn Any).downcast_ref()
    }

    fn chain<S: Source>(&self) -> Result<&'static Chain<S::Event>> {
        self.chain.get().ok_or_else(|| Error::from("a handler without a chain of its kind"))
    }
}

fn chain<S: Source>(
    handler: &HandlerSpec,
    around: &[&MiddlewareSpec],
    chain_builder: ChainBuilder,
) -> Option<AnyChain> {
    chain_builder.chain::<S::Event>(around, handler.end.as_ref()?.get()?)
}

/// Runs the events of a document one after the other. The outcome is the first error, else the first answer.
fn serve<S: Source>(
    document: RawEvent,
    context: Context,
    handlers: &'static [Served],
    named: Option<&'static Served>,
) -> Answering {
    Box::pin(async move {
        let mut outcome = None;
        for event in S::Event::decode_as(S::KIND, document.clone(), context)? {
            let served = named.map_or_else(|| find::<S>(&event, handlers), Ok);
            let answer = match served.and_then(Served::chain::<S>) {
                Ok(chain) => chain.run(event).await,
                Err(error) => Err(error),
            };
            outcome = match (outcome, answer) {
                (None | Some(Ok(_)), Err(error)) => Some(Err(error)),
                (None, answer) => Some(answer),
                (outcome, _) => outcome,
            };
        }
        match outcome {
            Some(answer) => {
                answer.or_else(|error| EventAnswer::of_error(error, &document))?.into_bytes(&document)
            }
            None => Ok(Bytes::from_static(b"null")),
        }
    })
}
