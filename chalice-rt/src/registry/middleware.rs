//! A registered middleware: its kinds, its place among the others, and the handlers that it excludes.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::metadata::MiddlewareMetadata;
use super::node::{AnyNode, Taken, Wanted};
use super::register::{Kinds, MiddlewareFor};
use super::site::{Site, SiteKey};
use crate::chain::{Middleware, Node, Threads};
use crate::describe::Describe;
use crate::event::Event;
use crate::kind::KindSet;

/// Where a middleware was registered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MiddlewareOrigin {
    /// `register_middleware`, in call order.
    Main { position: usize, site: Site },
    /// `#[middleware]`, of the crate with this rank.
    Attribute { rank: usize, site: Site },
    /// The list of a handler, a blueprint or a controller.
    Listed { site: Site },
}

impl MiddlewareOrigin {
    pub(crate) fn site(&self) -> &Site {
        match self {
            MiddlewareOrigin::Main { site, .. }
            | MiddlewareOrigin::Attribute { site, .. }
            | MiddlewareOrigin::Listed { site } => site,
        }
    }
}

/// The sort key of the middleware in one scope: `order`, then the origin, then the place in the source.
pub(crate) type MiddlewarePlace = (i32, u8, usize, SiteKey);

/// One registered middleware.
pub struct MiddlewareSpec {
    /// The path of its type, or of the function that it is.
    pub(crate) path: &'static str,
    pub(crate) name: String,
    pub(crate) kinds: KindSet,
    pub(crate) order: i32,
    pub(crate) exclude: Vec<String>,
    pub(crate) scope_app: bool,
    pub(crate) trace_execution: Option<bool>,
    pub(crate) threads: Threads,
    /// The values that it needs and provides.
    pub(crate) description: Describe,
    pub(crate) origin: MiddlewareOrigin,
    /// Makes the node for the requested type of event, if the middleware takes it.
    offer: Offer,
    /// The nodes made so far. All chains of one type of event share one node.
    given: Mutex<Vec<AnyNode>>,
}

/// Makes the node of a middleware for the requested type of event.
pub(super) type Offer = Box<dyn Fn(&mut Wanted) + Send + Sync>;

impl MiddlewareSpec {
    pub(crate) fn one<E: Taken, M: Middleware<E>>(kinds: KindSet, middleware: M) -> Self {
        let info = MiddlewareMetadata::of::<E, M>(&middleware);
        // Chains live as long as the process, and so do their nodes.
        let middleware: &'static M = Box::leak(Box::new(middleware));
        MiddlewareSpec::new(kinds, info, Box::new(move |wanted| E::offer(middleware, wanted)))
    }

    pub(crate) fn of<K: Kinds, V, M: MiddlewareFor<K, V>>(middleware: M) -> Self {
        let (info, placing) = (middleware.info(), middleware.placing());
        let middleware: &'static M = Box::leak(Box::new(middleware));
        let mut middleware =
            MiddlewareSpec::new(K::SET, info, Box::new(move |wanted| M::offer(middleware, wanted)));
        middleware.name = placing.name.unwrap_or(middleware.name);
        (middleware.order, middleware.exclude) = (placing.order, placing.exclude);
        middleware.description.provides.extend(placing.provides);
        middleware
    }

    pub(super) fn new(kinds: KindSet, info: MiddlewareMetadata, offer: Offer) -> Self {
        MiddlewareSpec {
            path: info.path,
            name: info.name.to_owned(),
            kinds,
            order: 0,
            exclude: Vec::new(),
            scope_app: false,
            trace_execution: info.trace_execution,
            threads: info.threads,
            description: info.description,
            origin: MiddlewareOrigin::Listed { site: Site::default() },
            offer,
            given: Mutex::default(),
        }
    }

    /// The node for events of this type, if the middleware takes them.
    pub(super) fn node<E: Event>(&self) -> Option<&'static dyn Node<E>> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(node) = given.iter().find_map(AnyNode::get) {
            return Some(node);
        }
        let node = Wanted::node(&*self.offer)?;
        given.push(AnyNode::of(node));
        Some(node)
    }

    /// Sets the order within the scope: smaller is further out. Default 0.
    pub fn order(&mut self, order: i32) -> &mut Self {
        self.order = order;
        self
    }

    /// Sets the routes and handlers that the middleware leaves out.
    pub fn exclude(&mut self, routes: &[&str]) -> &mut Self {
        self.exclude = routes.iter().map(|route| (*route).to_owned()).collect();
        self
    }

    /// Makes it a middleware of the whole app, even in the module of a blueprint.
    pub fn scope_app(&mut self) -> &mut Self {
        self.scope_app = true;
        self
    }

    /// Adds the values that the middleware needs and provides, according to its attribute.
    pub fn describe(&mut self, describe: fn(&mut Describe)) -> &mut Self {
        describe(&mut self.description);
        self
    }

    /// Sets whether a span surrounds the middleware.
    pub fn trace_execution(&mut self, on: bool) -> &mut Self {
        self.trace_execution = Some(on);
        self
    }

    pub(crate) fn site(&self) -> &Site {
        self.origin.site()
    }

    pub(crate) fn place(&self) -> MiddlewarePlace {
        match &self.origin {
            MiddlewareOrigin::Main { position, .. } => (self.order, 0, *position, Default::default()),
            MiddlewareOrigin::Listed { .. } => (self.order, 0, 0, Default::default()),
            MiddlewareOrigin::Attribute { rank, site } => (self.order, 1, *rank, site.key()),
        }
    }
}

impl fmt::Debug for MiddlewareSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MiddlewareSpec")
            .field("name", &self.name)
            .field("kinds", &self.kinds)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Next;
    use crate::error::Result;
    use crate::event::{All, AnyEvent, AnyResponse, SqsEvent};
    use crate::registry::register::OverAnyEvent;

    async fn pass(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
        next.run(event).await
    }

    #[test]
    fn a_middleware_makes_one_node_for_each_type_of_event_that_some_chain_asks_for() {
        let middleware = MiddlewareSpec::of::<All, OverAnyEvent, _>(pass);
        let made = || middleware.given.lock().map(|given| given.len()).ok();
        assert_eq!(made(), Some(0));
        for _ in 0..2 {
            assert!(middleware.node::<SqsEvent>().is_some());
            assert_eq!(made(), Some(1));
        }
    }
}
