//! Registering a handler: its settings, the sources of its arguments one by one, and at last its function.

use std::convert::identity;
use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::batch::Handled;
use super::fit::Fits;
use super::function::Function;
use super::handler::{Binding, HandlerSpec};
use super::layer::{LayerOrigin, LayerSpec};
use crate::chain::{Middleware, handler, run_blocking};
use crate::error::Result;
use crate::event::{Event, LambdaFunctionEvent};
use crate::extract::{EventArgument, FromEvent, FromParam, Need, Read, Sources};
use crate::kind::KindSet;
use crate::web::{IntoResponse, Request, Response};

/// A value of an argument that only a deployment needs.
pub trait IntoSetting: Into<Value> {}

impl<T: Into<Value>> IntoSetting for T {}

/// A handler of events `E` that is being registered, with the sources of the arguments named so far.
#[must_use = "the handler is called once its function is given"]
pub struct HandlerBuilder<'a, E, S = ()> {
    pub(super) spec: &'a mut HandlerSpec,
    pub(super) sources: S,
    pub(super) event: PhantomData<E>,
}

impl<E, S> fmt::Debug for HandlerBuilder<'_, E, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spec.fmt(f)
    }
}

impl<'a, E: Fits> HandlerBuilder<'a, E> {
    pub(super) fn new(list: &'a mut Vec<HandlerSpec>, spec: HandlerSpec) -> Self {
        list.push(spec);
        let spec = list.last_mut().unwrap_or_else(|| unreachable!("just pushed"));
        HandlerBuilder { spec, sources: (), event: PhantomData }
    }
}

impl<E: Fits, S> HandlerBuilder<'_, E, S> {
    /// Another name than the function's.
    pub fn name(self, name: &'static str) -> Self {
        self.spec.name = name;
        self
    }

    /// A middleware around this handler, inside those given before.
    pub fn middleware<M: Middleware<E>>(self, middleware: M) -> Self {
        let mut layer = LayerSpec::one(KindSet::of(self.spec.kind), middleware);
        layer.origin = LayerOrigin::Listed { site: self.spec.site };
        self.spec.layers.push(layer);
        self
    }

    /// The names of middleware that is left out around this handler.
    pub fn skip(self, names: &'static [&'static str]) -> Self {
        self.spec.skip = names;
        self
    }

    /// The content types that a route takes.
    pub fn content_types(self, types: &'static [&'static str]) -> Self {
        if let Binding::Route { content_types, .. } = &mut self.spec.binding {
            *content_types = Some(types);
        }
        self
    }

    /// The notifications of a bucket that the handler takes.
    pub fn events(self, names: &'static [&'static str]) -> Self {
        if let Binding::Bucket { events, .. } = &mut self.spec.binding {
            *events = names;
        }
        self
    }

    /// What the keys of a bucket begin with.
    pub fn prefix(self, text: &'static str) -> Self {
        if let Binding::Bucket { prefix, .. } = &mut self.spec.binding {
            *prefix = text;
        }
        self
    }

    /// What the keys of a bucket end with.
    pub fn suffix(self, text: &'static str) -> Self {
        if let Binding::Bucket { suffix, .. } = &mut self.spec.binding {
            *suffix = text;
        }
        self
    }

    /// The name of a schedule's rule.
    pub fn rule(self, name: &'static str) -> Self {
        if let Binding::Schedule { rule, .. } = &mut self.spec.binding {
            *rule = Some(name);
        }
        self
    }

    /// An argument that only a deployment needs.
    pub fn set(self, name: &'static str, value: impl IntoSetting) -> Self {
        self.spec.settings.insert(name.to_owned(), value.into());
        self
    }

    /// Whether a batch answers which of its records failed, or fails as a whole.
    pub fn partial_failures(self, on: bool) -> Self {
        self.spec.partial_failures = on;
        self.set("partial_failures", on)
    }
}

impl<'a, E: Event, S> HandlerBuilder<'a, E, S> {
    /// The next argument is made by an extractor.
    pub fn extract<T: FromEvent<E>>(self) -> HandlerBuilder<'a, E, (S, Read<E, T>)> {
        self.read(Read::extracted(), T::needs())
    }

    /// The next argument is the event itself, one of its records, or what a record says; or an extractor.
    pub fn takes<T: EventArgument<E>>(self) -> HandlerBuilder<'a, E, (S, Read<E, T>)> {
        self.spec.each = T::EACH;
        self.read(Read::taken(), T::needs())
    }

    fn read<T>(self, source: Read<E, T>, need: Option<Need>) -> HandlerBuilder<'a, E, (S, Read<E, T>)> {
        self.spec.needs.extend(need);
        self.from(source)
    }

    /// The next argument has this source.
    pub(super) fn from<N>(self, source: N) -> HandlerBuilder<'a, E, (S, N)> {
        HandlerBuilder { spec: self.spec, sources: (self.sources, source), event: PhantomData }
    }
}

impl<'a, S> HandlerBuilder<'a, Request, S> {
    /// The next argument is the path parameter of this name.
    pub fn param<T: FromParam>(
        self,
        name: &'static str,
    ) -> HandlerBuilder<'a, Request, (S, Read<Request, T>)> {
        self.from(Read::param(name))
    }
}

impl<'a, S> HandlerBuilder<'a, LambdaFunctionEvent, S> {
    /// The next argument is the payload.
    pub fn payload<T: DeserializeOwned + 'static>(
        self,
    ) -> HandlerBuilder<'a, LambdaFunctionEvent, (S, Read<LambdaFunctionEvent, T>)> {
        self.from(Read::payload())
    }
}

impl<E: Handled, S: Sources<E>> HandlerBuilder<'_, E, S> {
    /// Registers a handler whose answer is made already.
    pub fn reply<H, F>(self, function: H)
    where
        H: Function<S::Values, Output = F>,
        F: Future<Output = Result<<E as Event>::Response>> + Send + 'static,
    {
        self.end(move |arguments| function.call(arguments), identity);
    }

    /// Registers such a handler that is no `async fn`: it runs where blocking is allowed.
    pub fn reply_blocking<H>(self, function: H)
    where
        H: Function<S::Values, Output = Result<<E as Event>::Response>> + Copy,
        S::Values: Send + 'static,
    {
        self.spec.blocks = true;
        let function = move |arguments| run_blocking(move || function.call(arguments));
        self.end(function, identity);
    }

    fn end<C, F>(self, call: C, finish: fn(F::Output) -> Result<<E as Event>::Response>)
    where
        C: Fn(S::Values) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
    {
        let handler = handler(self.sources, call, finish);
        let node = if self.spec.each { E::each(handler, self.spec.partial_failures) } else { handler };
        *E::place(&mut self.spec.end) = Some(node);
    }
}

impl<E: Event<Response = Response> + Handled, S: Sources<E>> HandlerBuilder<'_, E, S> {
    /// Registers the handler.
    pub fn handle<H, F>(self, function: H)
    where
        H: Function<S::Values, Output = F>,
        F: Future<Output: IntoResponse> + Send + 'static,
    {
        self.end(move |arguments| function.call(arguments), IntoResponse::into_response);
    }

    /// Registers a handler that is no `async fn`.
    pub fn handle_blocking<H>(self, function: H)
    where
        H: Function<S::Values, Output: IntoResponse> + Copy,
        S::Values: Send + 'static,
    {
        self.spec.blocks = true;
        let function = move |arguments| run_blocking(move || function.call(arguments).into_response());
        self.end(function, identity);
    }
}
