//! A registered handler: its binding, its own middleware, and the node that calls it.

use std::fmt;

use serde_json::{Map, Value};

use super::dispatch::Dispatch;
use super::middleware::MiddlewareSpec;
use super::node::AnyNode;
use super::site::Site;
use crate::chain::Threads;
use crate::describe::Describe;
use crate::event::EventBinding;
use crate::kind::Kind;
use crate::route::{Options, RouteOption, default_content_types};

/// The route or the source of events that a handler is bound to.
#[derive(Debug)]
pub(crate) enum Binding {
    Route { path: &'static str, methods: &'static [&'static str] },
    Event(Box<dyn EventBinding>, Dispatch),
}

impl Binding {
    /// The binding as text.
    pub(crate) fn describe(&self) -> String {
        match self {
            Binding::Route { path, methods } => format!("{} {path}", methods.join(", ")),
            Binding::Event(binding, _) => binding.describe(),
        }
    }

    /// The binding as data, under the names of the attribute's arguments.
    #[cfg(any(feature = "local", feature = "testing"))]
    pub(crate) fn settings(&self) -> Map<String, Value> {
        let settings = match self {
            Binding::Route { path, methods } => serde_json::json!({"path": path, "methods": methods}),
            Binding::Event(binding, _) => binding.settings(),
        };
        match settings {
            Value::Object(settings) => settings,
            _ => Map::new(),
        }
    }
}

/// One registered handler.
pub(crate) struct HandlerSpec {
    pub(crate) site: Site,
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) binding: Binding,
    /// Arguments that only deployment tools read.
    pub(crate) settings: Map<String, Value>,
    pub(crate) middleware: Vec<MiddlewareSpec>,
    /// The options of a route.
    pub(crate) options: Options,
    /// The controller whose method it is.
    pub(crate) controller: Option<usize>,
    pub(crate) skip: &'static [&'static str],
    /// What [`FromEvent::describe`](crate::event::FromEvent::describe) says of the arguments, and
    /// `IntoResponse::describe` of the answer.
    pub(crate) description: Describe,
    pub(crate) partial_failures: bool,
    pub(crate) threads: Threads,
    /// The node that calls the function. `None` until the function is registered.
    pub(crate) end: Option<AnyNode>,
}

impl HandlerSpec {
    pub(super) fn new(site: Site, kind: Kind, binding: Binding) -> Self {
        HandlerSpec {
            site,
            name: site.name,
            kind,
            binding,
            settings: Map::new(),
            middleware: Vec::new(),
            options: Options::default(),
            controller: None,
            skip: &[],
            description: Describe::default(),
            partial_failures: true,
            threads: Threads::ONE,
            end: None,
        }
    }

    /// The binding and the dispatch of an event's handler. `None` for a route.
    pub(crate) fn event(&self) -> Option<(&dyn EventBinding, Dispatch)> {
        match &self.binding {
            Binding::Event(binding, dispatch) => Some((&**binding, *dispatch)),
            Binding::Route { .. } => None,
        }
    }

    /// The threads that the handler and its own middleware need.
    pub(crate) fn threads(&self) -> Threads {
        self.middleware.iter().fold(self.threads, |threads, middleware| threads.or(middleware.threads))
    }

    /// The default of `content_types`: the media types that the route's extractors read.
    pub(crate) fn default_option(&self) -> &'static dyn RouteOption {
        default_content_types(self.description.content_types)
    }
}

impl fmt::Debug for HandlerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlerSpec")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
