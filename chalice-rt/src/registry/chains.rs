//! Builds the chains once, at start: the middleware around a handler, and the handler at the end.

use std::any::Any;

use super::middleware::MiddlewareSpec;
use crate::chain::{Chain, Node, traced};
use crate::event::Event;
use crate::state::StateStore;
use crate::trace::SpanSite;

/// A chain whose type of event is erased. Chains live as long as the process.
#[derive(Clone, Copy)]
pub(crate) struct AnyChain(&'static (dyn Any + Send + Sync));

impl AnyChain {
    /// The chain, if it takes events of this type.
    pub(super) fn get<E: Event>(self) -> Option<&'static Chain<E>> {
        self.0.downcast_ref()
    }
}

/// What the chains of an app have in common, and the handler at the end of one.
#[derive(Clone, Copy)]
pub(crate) struct ChainBuilder {
    pub(crate) states: &'static StateStore,
    /// Whether to trace middleware that does not set `trace_execution`.
    pub(crate) trace_all: bool,
    /// The name of the handler.
    pub(crate) handler: &'static str,
    /// The template of the route. Empty for other handlers.
    pub(crate) template: &'static str,
}

impl ChainBuilder {
    /// Builds the chain of a handler. `around` is its middleware, outermost first.
    pub(super) fn chain<E: Event>(
        self,
        around: &[&MiddlewareSpec],
        end: &'static dyn Node<E>,
    ) -> Option<AnyChain> {
        let nodes = self.nodes(around.iter().copied(), None);
        Some(AnyChain(Box::leak(Box::new(self.ending(nodes, end)))))
    }

    /// Builds the chain of a handler from nodes that other chains may share.
    pub(crate) fn ending<E: Event>(
        self,
        around: &'static [&'static dyn Node<E>],
        end: &'static dyn Node<E>,
    ) -> Chain<E> {
        let ChainBuilder { states, handler, template, .. } = self;
        Chain { around, end, passes_last: None, states, errors: None, handler, template }
    }

    /// The nodes of the middleware, outermost first, and an innermost one.
    pub(crate) fn nodes<'a, E: Event>(
        self,
        around: impl ExactSizeIterator<Item = &'a MiddlewareSpec>,
        innermost: Option<&'static dyn Node<E>>,
    ) -> &'static [&'static dyn Node<E>] {
        let mut nodes = Vec::with_capacity(around.len() + 1);
        for middleware in around {
            self.add_nodes(middleware, &mut nodes);
        }
        nodes.extend(innermost);
        nodes.leak()
    }

    /// Adds the node of a middleware. A traced one has three.
    fn add_nodes<E: Event>(self, middleware: &MiddlewareSpec, nodes: &mut Vec<&'static dyn Node<E>>) {
        let Some(node) = middleware.node() else { return };
        match middleware.trace_execution.unwrap_or(self.trace_all) {
            true => nodes.extend_from_slice(&traced(node, SpanSite::named(&middleware.name))),
            false => nodes.push(node),
        }
    }
}
