//! Registering a handler: its settings, the sources of its arguments, and its function.

use std::convert::identity;
use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::batch::Handled;
use super::fit::Fits;
use super::handler::{Binding, HandlerSpec};
use super::layer::{LayerOrigin, LayerSpec};
use crate::chain::{Middleware, Threads, handler, run_blocking};
use crate::error::Result;
use crate::event::Event;
use crate::extract::{Blocking, Call, Start};
use crate::kind::KindSet;
use crate::route::RouteOption;
use crate::web::{IntoResponse, Request, Response};

/// A value of an argument that only a deployment needs.
pub trait IntoSetting: Into<Value> {}

impl<T: Into<Value>> IntoSetting for T {}

/// A handler of events `E` that is being registered, with the settings given so far.
#[must_use = "the handler is called once its function is given"]
pub struct HandlerBuilder<'a, E> {
    pub(super) spec: &'a mut HandlerSpec,
    pub(super) event: PhantomData<E>,
}

impl<E> fmt::Debug for HandlerBuilder<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spec.fmt(f)
    }
}

impl<'a, E: Fits> HandlerBuilder<'a, E> {
    pub(super) fn new(list: &'a mut Vec<HandlerSpec>, spec: HandlerSpec) -> Self {
        list.push(spec);
        let spec = list.last_mut().unwrap_or_else(|| unreachable!("just pushed"));
        HandlerBuilder { spec, event: PhantomData }
    }
}

impl<E: Fits> HandlerBuilder<'_, E> {
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

impl HandlerBuilder<'_, Request> {
    /// Sets an option of the route.
    pub fn option(self, option: impl RouteOption) -> Self {
        self.spec.options.add(option);
        self
    }
}

impl<E: Event<Response = Response> + Handled> HandlerBuilder<'_, E> {
    /// Registers the handler.
    pub fn handle<F>(self, call: Call<E, F>)
    where
        F: Future<Output: IntoResponse> + Send + 'static,
    {
        self.end(call, IntoResponse::into_response);
    }

    /// Registers a handler that is no `async fn`: it runs where blocking is allowed.
    pub fn handle_blocking<R: IntoResponse + 'static>(self, call: Call<E, Blocking<R>>) {
        self.end_blocking(call, |function| function().into_response());
    }
}

impl<E: Handled> HandlerBuilder<'_, E> {
    /// Registers a handler whose answer is made already.
    pub fn reply<F>(self, call: Call<E, F>)
    where
        F: Future<Output = Result<<E as Event>::Response>> + Send + 'static,
    {
        self.end(call, identity);
    }

    /// Registers such a handler that is no `async fn`.
    pub fn reply_blocking(self, call: Call<E, Blocking<Result<<E as Event>::Response>>>) {
        self.end_blocking(call, |function| function());
    }

    fn end<F>(self, call: Call<E, F>, finish: fn(F::Output) -> Result<<E as Event>::Response>)
    where
        F: Future + Send + 'static,
    {
        self.spec.needs = call.needs;
        let handler = handler(call.start, finish);
        let node = if call.each { E::each(handler, self.spec.partial_failures) } else { handler };
        *E::place(&mut self.spec.end) = Some(node);
    }

    fn end_blocking<R: 'static>(
        self,
        call: Call<E, Blocking<R>>,
        answer: fn(Blocking<R>) -> Result<<E as Event>::Response>,
    ) {
        self.spec.threads = Threads::SEVERAL;
        let Call { start, needs, each } = call;
        let start: Start<E, _> = Box::new(move |event| {
            let function = start(event)?;
            Ok(run_blocking(move || answer(function)))
        });
        self.end(Call { start, needs, each }, identity);
    }
}
