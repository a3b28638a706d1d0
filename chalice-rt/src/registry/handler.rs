//! A registered handler: what it is bound to, what surrounds it, and the node that calls it.

use std::fmt;
use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::batch::Handled;
use super::fit::{Ends, Fits, Fitted};
use super::layer::{LayerOrigin, LayerSpec};
use super::site::Site;
use crate::chain::Middleware;
use crate::error::Result;
use crate::event::Event;
use crate::extract::{Argument, Need};
use crate::kind::{Kind, KindSet};

/// What brings an event to a handler.
#[derive(Debug, Clone)]
pub(crate) enum Binding {
    Route {
        path: &'static str,
        methods: &'static [&'static str],
        content_types: Option<&'static [&'static str]>,
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
pub struct HandlerSpec {
    pub(crate) site: Site,
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) binding: Binding,
    /// What only a deployment needs.
    pub(crate) settings: Map<String, Value>,
    pub(crate) layers: Vec<LayerSpec>,
    /// The controller whose method it is.
    pub(crate) controller: Option<usize>,
    pub(crate) skip: &'static [&'static str],
    pub(crate) needs: &'static [fn() -> Option<Need>],
    /// What its first argument needs, if that is none of the event.
    pub(crate) first_need: Option<fn() -> Option<Need>>,
    pub(crate) each: bool,
    pub(crate) partial_failures: bool,
    pub(crate) blocks: bool,
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
            controller: None,
            skip: &[],
            needs: &[],
            first_need: None,
            each: false,
            partial_failures: true,
            blocks: false,
            end: Fitted::default(),
        }
    }
}

impl HandlerSpec {
    /// Whether the handler, or a middleware of its own list, is a sync function.
    pub(crate) fn blocks(&self) -> bool {
        self.blocks || self.layers.iter().any(|layer| layer.blocks)
    }

    /// What its arguments need of the app.
    pub(crate) fn needs(&self) -> impl Iterator<Item = Need> {
        self.first_need.iter().chain(self.needs).filter_map(|need| need())
    }

    /// The content types of a route that names none: what its extractors read.
    pub(crate) fn default_content_types(&self) -> &'static [&'static str] {
        let mut types = self.needs().filter_map(|need| match need {
            Need::ContentTypes(types) => Some(types),
            Need::State { .. } => None,
        });
        types.next().unwrap_or(&["application/json"])
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

/// A value of an argument that only a deployment needs.
pub trait IntoSetting: Into<Value> {}

impl<T: Into<Value>> IntoSetting for T {}

/// A handler of events `E` that is being registered.
#[must_use = "the handler is registered by `handle` or `handle_blocking`"]
pub struct HandlerBuilder<'a, E> {
    list: &'a mut Vec<HandlerSpec>,
    spec: HandlerSpec,
    event: PhantomData<E>,
}

impl<E> fmt::Debug for HandlerBuilder<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spec.fmt(f)
    }
}

impl<'a, E: Fits> HandlerBuilder<'a, E> {
    pub(super) fn new(list: &'a mut Vec<HandlerSpec>, spec: HandlerSpec) -> Self {
        HandlerBuilder { list, spec, event: PhantomData }
    }

    /// Another name than the function's.
    pub fn name(mut self, name: &'static str) -> Self {
        self.spec.name = name;
        self
    }

    /// A middleware around this handler, inside those given before.
    pub fn middleware<M: Middleware<E>>(mut self, middleware: M) -> Self {
        let mut layer = LayerSpec::one(KindSet::of(self.spec.kind), middleware);
        layer.origin = LayerOrigin::Listed { site: self.spec.site };
        self.spec.layers.push(layer);
        self
    }

    /// The names of middleware that is left out around this handler.
    pub fn skip(mut self, names: &'static [&'static str]) -> Self {
        self.spec.skip = names;
        self
    }

    /// What the handler's extractors need of the app.
    pub fn needs(mut self, needs: &'static [fn() -> Option<Need>]) -> Self {
        self.spec.needs = needs;
        self
    }

    /// The content types that a route takes.
    pub fn content_types(mut self, types: &'static [&'static str]) -> Self {
        if let Binding::Route { content_types, .. } = &mut self.spec.binding {
            *content_types = Some(types);
        }
        self
    }

    /// The notifications of a bucket that the handler takes.
    pub fn events(mut self, names: &'static [&'static str]) -> Self {
        if let Binding::Bucket { events, .. } = &mut self.spec.binding {
            *events = names;
        }
        self
    }

    /// What the keys of a bucket begin with.
    pub fn prefix(mut self, text: &'static str) -> Self {
        if let Binding::Bucket { prefix, .. } = &mut self.spec.binding {
            *prefix = text;
        }
        self
    }

    /// What the keys of a bucket end with.
    pub fn suffix(mut self, text: &'static str) -> Self {
        if let Binding::Bucket { suffix, .. } = &mut self.spec.binding {
            *suffix = text;
        }
        self
    }

    /// The name of a schedule's rule.
    pub fn rule(mut self, name: &'static str) -> Self {
        if let Binding::Schedule { rule, .. } = &mut self.spec.binding {
            *rule = Some(name);
        }
        self
    }

    /// An argument that only a deployment needs.
    pub fn set(mut self, name: &'static str, value: impl IntoSetting) -> Self {
        self.spec.settings.insert(name.to_owned(), value.into());
        self
    }

    /// Whether a batch answers which of its records failed, or fails as a whole.
    pub fn partial_failures(mut self, on: bool) -> Self {
        self.spec.partial_failures = on;
        self.set("partial_failures", on)
    }

    /// The type of the first argument, which decides whether the handler runs once for each record.
    pub fn takes<A: Argument<E>>(mut self) -> Self {
        self.spec.each = A::EACH;
        self.spec.first_need = Some(A::needs);
        self
    }
}

impl<E: Ends + Handled> HandlerBuilder<'_, E> {
    /// Registers the handler: a function that takes its arguments out of the event and gives the future of its answer.
    pub fn handle<C, F>(mut self, call: C)
    where
        C: Fn(&mut E) -> Result<F> + Send + Sync + 'static,
        F: Future<Output = Result<<E as Event>::Response>> + Send + 'static,
    {
        *E::place(&mut self.spec.end) = Some(E::end(call, &self.spec));
        self.list.push(self.spec);
    }

    /// Registers a handler that is no `async fn`: it runs where blocking is allowed.
    pub fn handle_blocking<C, F>(mut self, call: C)
    where
        C: Fn(&mut E) -> Result<F> + Send + Sync + 'static,
        F: FnOnce() -> Result<<E as Event>::Response> + Send + 'static,
    {
        self.spec.blocks = true;
        self.handle(move |event| Ok(crate::chain::run_blocking(call(event)?)));
    }
}
