//! The chains, built once at start: for each handler the middleware around it and the handler at its end.

use serde_json::Value;

use super::error_handlers::ErrorHandlers;
use super::layout::Surrounding;
use crate::chain::{Chain, Node, ResponseFuture, traced};
use crate::error::Result;
use crate::event::{
    CloudWatchEvent, DynamoDbEvent, Event, KinesisEvent, LambdaFunctionEvent, S3Event, SnsEvent, SqsEvent,
    WebsocketEvent,
};
use crate::kind::Kind;
use crate::registry::{Ends, Fitted, HandlerSpec, LayerSpec};
use crate::state::States;
use crate::trace::SpanSite;
use crate::web::Request;

macro_rules! event_chains {
    ($($variant:ident: $event:ty;)*) => {
        /// The chain of a handler that is not a route.
        #[derive(Clone, Copy)]
        pub(super) enum EventChain {
            $($variant(&'static Chain<$event>),)*
        }

        /// An event that has a chain of its own type.
        pub(super) trait Chained: Event {
            fn chain(chain: EventChain) -> Option<&'static Chain<Self>>;
        }

        $(impl Chained for $event {
            fn chain(chain: EventChain) -> Option<&'static Chain<Self>> {
                match chain {
                    EventChain::$variant(chain) => Some(chain),
                    _ => None,
                }
            }
        })*
    };
}

event_chains! {
    Websocket: WebsocketEvent;
    S3: S3Event;
    Sns: SnsEvent;
    Sqs: SqsEvent;
    CloudWatch: CloudWatchEvent;
    Kinesis: KinesisEvent;
    DynamoDb: DynamoDbEvent;
    PureLambda: LambdaFunctionEvent;
}

/// Starts the chain with the next event of a document, until there is none. What is asked for it need not know the events.
pub(super) type Runs = Box<dyn FnMut() -> Option<ResponseFuture<Value>> + Send>;

/// The outcome for all events of a document, each run when the one before has ended: their first error, else the first
/// answer.
pub(super) async fn joined(mut runs: Runs) -> Result<Value> {
    let mut outcome = None;
    while let Some(run) = runs() {
        outcome = match (outcome, run.await) {
            (None | Some(Ok(_)), Err(error)) => Some(Err(error)),
            (None, answer) => Some(answer),
            (outcome, _) => outcome,
        };
    }
    outcome.unwrap_or(Ok(Value::Null))
}

/// What every chain of an app shares.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) states: &'static States,
    /// Whether middleware that does not say is traced.
    pub(super) trace_all: bool,
    /// The name of the handler at the end of the chains.
    pub(super) handler: &'static str,
    /// The template of the route that it is; empty for all others.
    pub(super) template: &'static str,
}

impl Shared {
    /// The chain of a handler that is not a route; `None` for routes, and for authorizers, which are not served yet.
    pub(super) fn event_chain(self, handler: &HandlerSpec, around: &[Surrounding<'_>]) -> Option<EventChain> {
        let end = &handler.end;
        Some(match handler.kind {
            Kind::Http | Kind::Authorizer => return None,
            Kind::Websocket => EventChain::Websocket(self.chain(around, end)?),
            Kind::S3 => EventChain::S3(self.chain(around, end)?),
            Kind::Sns => EventChain::Sns(self.chain(around, end)?),
            Kind::Sqs => EventChain::Sqs(self.chain(around, end)?),
            Kind::CloudWatch | Kind::Scheduled => EventChain::CloudWatch(self.chain(around, end)?),
            Kind::Kinesis => EventChain::Kinesis(self.chain(around, end)?),
            Kind::DynamoDb => EventChain::DynamoDb(self.chain(around, end)?),
            Kind::PureLambda => EventChain::PureLambda(self.chain(around, end)?),
        })
    }

    /// The chain of a route, inside nodes that it may share with others.
    pub(super) fn route_chain(
        self,
        end: &Fitted,
        around: &'static [&'static dyn Node<Request>],
        errors: &'static ErrorHandlers,
    ) -> Option<Chain<Request>> {
        Some(Chain { errors: Some(errors), ..self.ending(around, Request::node(end)?) })
    }

    /// The chain of requests that no route serves: the app's own middleware, and what answers them.
    pub(super) fn unrouted_chain(
        self,
        end: &'static dyn Node<Request>,
        around: &[Surrounding<'_>],
        errors: &'static ErrorHandlers,
    ) -> &'static Chain<Request> {
        let chain = self.ending(self.nodes(around, None), end);
        Box::leak(Box::new(Chain { errors: Some(errors), ..chain }))
    }

    fn chain<E: Ends>(self, around: &[Surrounding<'_>], end: &Fitted) -> Option<&'static Chain<E>> {
        Some(Box::leak(Box::new(self.ending(self.nodes(around, None), E::node(end)?))))
    }

    fn ending<E: Ends>(self, around: &'static [&'static dyn Node<E>], end: &'static dyn Node<E>) -> Chain<E> {
        let Shared { states, handler, template, .. } = self;
        Chain { around, end, states, errors: None, handler, template }
    }

    /// The nodes of middleware, outermost first, and one within them all.
    pub(super) fn nodes<E: Ends>(
        self,
        around: &[Surrounding<'_>],
        innermost: Option<&'static dyn Node<E>>,
    ) -> &'static [&'static dyn Node<E>] {
        let mut nodes = Vec::with_capacity(around.len() + 1);
        for surrounding in around {
            self.add_nodes(surrounding.layer, &mut nodes);
        }
        if let Some(innermost) = innermost {
            nodes.push(innermost);
        }
        nodes.leak()
    }

    /// The node of a middleware; with a span around it three.
    fn add_nodes<E: Ends>(self, layer: &LayerSpec, nodes: &mut Vec<&'static dyn Node<E>>) {
        let Some(node) = E::node(&layer.fitted) else { return };
        match layer.trace_execution.unwrap_or(self.trace_all) {
            true => nodes.extend_from_slice(&traced(node, SpanSite::named(&layer.name))),
            false => nodes.push(node),
        }
    }
}
