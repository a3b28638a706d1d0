//! A registered handler: what it is bound to, what surrounds it, and the node that calls it.

use std::fmt;

use serde_json::{Map, Value};

use super::fit::Fitted;
use super::layer::LayerSpec;
use super::site::Site;
use crate::chain::Threads;
use crate::extract::Need;
use crate::kind::Kind;
use crate::route::{Options, RouteOption, default_content_types};

/// What brings an event to a handler.
#[derive(Debug, Clone)]
pub(crate) enum Binding {
    Route {
        path: &'static str,
        methods: &'static [&'static str],
    },
    Direct,
    Topic(&'static str),
    Queue(&'static str),
    QueueArn(&'static str),
    Bucket {
        bucket: &'static str,
        events: &'static [&'static str],
        prefix: &'static str,
        suffix: &'static str,
    },
    Pattern(&'static str),
    Schedule {
        expression: &'static str,
        rule: Option<&'static str>,
    },
    Stream(&'static str),
    TableStream(&'static str),
    WebsocketRoute(&'static str),
}

/// One registered handler.
pub(crate) struct HandlerSpec {
    pub(crate) site: Site,
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) binding: Binding,
    /// What only a deployment needs.
    pub(crate) settings: Map<String, Value>,
    pub(crate) layers: Vec<LayerSpec>,
    /// Of a route.
    pub(crate) options: Options,
    /// The controller whose method it is.
    pub(crate) controller: Option<usize>,
    pub(crate) skip: &'static [&'static str],
    /// What its arguments need of the app.
    pub(crate) needs: Vec<Need>,
    pub(crate) partial_failures: bool,
    pub(crate) threads: Threads,
    pub(crate) end: Fitted,
}

impl HandlerSpec {
    pub(super) fn new(site: Site, kind: Kind, binding: Binding) -> Self {
        HandlerSpec {
            site,
            name: site.name,
            kind,
            binding,
            settings: Map::new(),
            layers: Vec::new(),
            options: Options::default(),
            controller: None,
            skip: &[],
            needs: Vec::new(),
            partial_failures: true,
            threads: Threads::ONE,
            end: Fitted::default(),
        }
    }

    /// What the handler and the middleware of its own list want.
    pub(crate) fn threads(&self) -> Threads {
        self.layers.iter().fold(self.threads, |threads, layer| threads.or(layer.threads))
    }

    /// The options of a route that are there without being given: it takes what its extractors read.
    pub(crate) fn default_option(&self) -> &'static dyn RouteOption {
        let types = self.needs.iter().find_map(|need| match need {
            Need::ContentTypes(types) => Some(*types),
            Need::State { .. } => None,
        });
        default_content_types(types)
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
