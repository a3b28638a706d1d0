//! Registering a handler: its settings, the sources of its arguments, and its function.

use std::convert::identity;
use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::batch::each_record;
use super::handler::HandlerSpec;
use super::middleware::{MiddlewareOrigin, MiddlewareSpec};
use super::node::{AnyNode, Taken};
use crate::chain::{Handler, Middleware, Threads, handler, run_blocking};
use crate::error::Result;
use crate::event::{Event, EventKind, Http, Reported, Source};
use crate::extract::{Blocking, Call, Start};
use crate::kind::KindSet;
use crate::route::GivenOption;
use crate::web::{IntoResponse, Request, Response};

/// The value of an attribute's argument that only deployment tools read.
pub trait IntoSetting: Into<Value> {}

impl<T: Into<Value>> IntoSetting for T {}

/// Registers a handler of the kind `K`.
#[must_use = "the handler is called once its function is given"]
pub struct HandlerBuilder<'a, K> {
    pub(super) spec: &'a mut HandlerSpec,
    pub(super) kind: PhantomData<K>,
}

impl<K> fmt::Debug for HandlerBuilder<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spec.fmt(f)
    }
}

impl<'a, K: EventKind> HandlerBuilder<'a, K> {
    pub(super) fn new(list: &'a mut Vec<HandlerSpec>, spec: HandlerSpec) -> Self {
        list.push(spec);
        let spec = list.last_mut().unwrap_or_else(|| unreachable!("just pushed"));
        HandlerBuilder { spec, kind: PhantomData }
    }
}

impl<K: EventKind<Event: Taken>> HandlerBuilder<'_, K> {
    /// Sets the name. Default: the function's.
    pub fn name(self, name: &'static str) -> Self {
        self.spec.name = name;
        self
    }

    /// Adds a middleware around this handler, inside those added before.
    pub fn middleware<M: Middleware<K::Event>>(self, middleware: M) -> Self {
        let mut middleware = MiddlewareSpec::one::<K::Event, M>(KindSet::of(K::KIND), middleware);
        middleware.origin = MiddlewareOrigin::Listed { site: self.spec.site };
        self.spec.middleware.push(middleware);
        self
    }

    /// Sets the names of the middleware to leave out around this handler.
    pub fn skip(self, names: &'static [&'static str]) -> Self {
        self.spec.skip = names;
        self
    }

    /// Sets an argument that only deployment tools read.
    pub fn set(self, name: &'static str, value: impl IntoSetting) -> Self {
        self.spec.settings.insert(name.to_owned(), value.into());
        self
    }
}

impl<S: Source<Record: Reported>> HandlerBuilder<'_, S> {
    /// Sets whether the answer to a batch names the records that failed. Otherwise one failure fails the whole batch.
    pub fn partial_failures(self, on: bool) -> Self {
        self.spec.partial_failures = on;
        self.spec.settings.insert("partial_failures".to_owned(), on.into());
        self
    }
}

impl HandlerBuilder<'_, Http> {
    /// Sets an option of the route.
    pub fn option(self, option: GivenOption) -> Self {
        let (name, site) = (self.spec.name, self.spec.site);
        self.spec.options.add(option, format_args!("`{name}` ({site})"));
        self
    }
}

/// A kind of event whose handlers can be called.
pub trait Called: EventKind {
    /// The node at the end of a chain, which calls the handler once, or once for each record (`each`).
    #[allow(private_interfaces)]
    fn end(handler: &'static dyn Handler<Self::Event>, each: bool, partial: bool) -> AnyNode;
}

impl Called for Http {
    #[allow(private_interfaces)]
    fn end(handler: &'static dyn Handler<Request>, _each: bool, _partial: bool) -> AnyNode {
        AnyNode::of::<Request>(handler)
    }
}

impl<S: Source> Called for S {
    #[allow(private_interfaces)]
    #[inline]
    fn end(handler: &'static dyn Handler<Self::Event>, each: bool, partial: bool) -> AnyNode {
        AnyNode::of(if each { each_record::<S>(handler, partial) } else { handler })
    }
}

impl<K: Called<Event: Event<Response = Response>>> HandlerBuilder<'_, K> {
    /// Registers the handler, whose result becomes a response.
    pub fn handle<F>(self, mut call: Call<K::Event, F>)
    where
        F: Future<Output: IntoResponse> + Send + 'static,
    {
        F::Output::describe(&mut call.description);
        self.end(call, IntoResponse::into_response);
    }

    /// Registers a handler that is a plain `fn`. It runs on a thread that may block.
    pub fn handle_blocking<R: IntoResponse + 'static>(self, mut call: Call<K::Event, Blocking<R>>) {
        R::describe(&mut call.description);
        self.end_blocking(call, |function| function().into_response());
    }
}

impl<K: Called> HandlerBuilder<'_, K> {
    /// Registers a handler that returns the event's answer itself.
    pub fn reply<F>(self, call: Call<K::Event, F>)
    where
        F: Future<Output = Result<Answer<K>>> + Send + 'static,
    {
        self.end(call, identity);
    }

    /// As [`reply`](Self::reply), for a plain `fn`.
    pub fn reply_blocking(self, call: Call<K::Event, Blocking<Result<Answer<K>>>>) {
        self.end_blocking(call, |function| function());
    }

    fn end<F>(self, call: Call<K::Event, F>, finish: fn(F::Output) -> Result<Answer<K>>)
    where
        F: Future + Send + 'static,
    {
        self.spec.description = call.description;
        let handler = handler(call.start, finish);
        self.spec.end = Some(K::end(handler, call.each, self.spec.partial_failures));
    }

    fn end_blocking<R: 'static>(
        self,
        call: Call<K::Event, Blocking<R>>,
        answer: fn(Blocking<R>) -> Result<Answer<K>>,
    ) {
        self.spec.threads = Threads::SEVERAL;
        let Call { start, description, each } = call;
        let start: Start<K::Event, _> = Box::new(move |event| {
            let function = start(event)?;
            Ok(run_blocking(move || answer(function)))
        });
        self.end(Call { start, description, each }, identity);
    }
}

/// The answer type of a kind.
type Answer<K> = <<K as EventKind>::Event as Event>::Response;
