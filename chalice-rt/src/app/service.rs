//! The service that every transport calls. [`Service::handle`] takes the bytes of an event and returns those of the
//! answer. [`Service::serve_request`] takes a request of this process and returns a response.

use std::sync::Arc;
#[cfg(any(feature = "local", feature = "testing"))]
use std::sync::OnceLock;

use bytes::Bytes;
use tracing::Instrument;

use super::answer::Answer;
use super::error_handlers::ErrorHandlers;
#[cfg(any(feature = "local", feature = "testing"))]
use super::info::HandlerInfo;
use super::invocation_error::InvocationError;
use super::layout::Layout;
use super::name;
use super::router::Router;
use super::setup::Setup;
use super::shutdown::{Hooks, TimeToEnd};
use super::suggest::listed;
use crate::chain::{Chain, Threads};
use crate::context::Context;
use crate::error::{Error, Result, guarded};
use crate::event::classify::{classify, describe};
use crate::event::{Event, EventInternal};
use crate::kind::{Kind, KindSet};
use crate::log;
use crate::raw_event::RawEvent;
use crate::registry::{Dispatch, HandlerSpec, Served};
use crate::route::CorsHeaders;
use crate::signal::Watchdog;
use crate::state::{StateStore, States};
use crate::web::{Request, Response, ScannedRequest};

/// The handler of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The handler that the shape and the source of the event select.
    ByShape,
    /// This handler, whatever the event looks like.
    Handler(usize),
}

/// An app that is ready to serve. It lives as long as the process, so it is `Copy`.
#[derive(Clone, Copy)]
pub(crate) struct Service(pub(super) &'static Launched);

pub(super) struct Launched {
    pub(super) name: &'static str,
    pub(super) states: &'static StateStore,
    pub(super) handlers: &'static [HandlerSpec],
    /// The kinds with handlers.
    pub(super) kinds: KindSet,
    pub(super) layout: Layout<'static>,
    pub(super) sources: Vec<SourceHandlers>,
    pub(super) router: Router,
    pub(super) unrouted: &'static Chain<Request>,
    /// The app's own exception handlers.
    pub(super) errors: &'static ErrorHandlers,
    /// The app's own CORS, for requests that no route serves.
    pub(super) cors: Option<&'static CorsHeaders>,
    /// What custom domains put before the paths of the app.
    pub(super) base_paths: Vec<String>,
    pub(super) binary_types: Option<&'static [String]>,
    /// The descriptions for listings, made on demand.
    #[cfg(any(feature = "local", feature = "testing"))]
    pub(super) infos: OnceLock<Vec<HandlerInfo>>,
    pub(super) warnings: Vec<String>,
    pub(super) threads: Threads,
    pub(super) body_limit: usize,
    pub(super) setup: Setup,
    pub(super) hooks: Hooks,
}

/// The handlers of one kind. Routes are in the router instead.
pub(super) struct SourceHandlers {
    pub(super) kind: Kind,
    pub(super) dispatch: Dispatch,
    pub(super) handlers: Vec<Served>,
}

impl Service {
    pub(super) fn new(launched: Launched) -> Self {
        Service(Box::leak(Box::new(launched)))
    }

    /// Runs the setup once. [`handle`](Service::handle) waits for it, too.
    pub(crate) async fn set_up(self) -> Result<()> {
        self.0.setup.run(self.0.layout, self.0.handlers, self.0.states).await
    }

    /// Serves one event.
    ///
    /// # Errors
    /// The invocation fails. It has been logged.
    pub(crate) async fn handle(
        self,
        target: Target,
        event: Bytes,
        context: Context,
    ) -> Result<Bytes, InvocationError> {
        let span = log::invocation(&context.request_id);
        let outcome = self.serve_event(target, event, context);
        async { outcome.await.map_err(|error| logged(error).into()) }.instrument(span).await
    }

    /// Serves one event without logging its error, for a caller that shows it.
    ///
    /// # Errors
    /// The invocation fails.
    #[cfg(feature = "local")]
    pub(crate) async fn handle_quietly(
        self,
        target: Target,
        event: Bytes,
        context: Context,
    ) -> Result<Bytes> {
        let span = log::invocation(&context.request_id);
        self.serve_event(target, event, context).instrument(span).await
    }

    async fn serve_event(self, target: Target, event: Bytes, context: Context) -> Result<Bytes> {
        self.set_up().await?;
        // A panic outside the nodes of a chain fails this invocation only.
        let answer = guarded(async || match target {
            Target::ByShape => self.by_shape(event, context).await?.into_bytes(),
            Target::Handler(index) => self.by_name(index, event, context).await?.into_bytes(),
        });
        answer.await
    }

    /// Serves a request of this process. A response that was made from an error has it in its extensions, as an
    /// `Arc<Error>`. An invocation that fails is logged, and gives the generic 500.
    pub(crate) async fn serve_request(self, request: Request) -> http::Response<Bytes> {
        let span = log::invocation(&request.context().request_id);
        let outcome = async {
            self.set_up().await?;
            let answer = guarded(async || match self.0.kinds.contains(Kind::Http) {
                true => self.http(request, None).await?.into_http(),
                false => self.unknown(event_of(&request), request.context().clone()).await?.into_http(),
            });
            answer.await
        };
        async { outcome.await.unwrap_or_else(|error| internal_error(logged(error))) }.instrument(span).await
    }

    async fn by_shape(self, event: Bytes, context: Context) -> Result<Answer> {
        if self.0.kinds.contains(Kind::Http)
            && let Some(scanned) = ScannedRequest::of(&event)
        {
            let request = scanned.into_request(RawEvent::parsed(event.clone()), context)?;
            return self.http(request, None).await;
        }
        let kind = classify(&event)?.kind;
        match self.0.sources.iter().find(|source| Some(source.kind) == kind) {
            Some(source) => source.serve(RawEvent::parsed(event), context, None).await,
            None => self.unknown(event, context).await,
        }
    }

    async fn by_name(self, index: usize, event: Bytes, context: Context) -> Result<Answer> {
        let document = RawEvent::parsed(event);
        let kind = self.0.handlers[index].kind;
        match self.0.sources.iter().find(|source| source.kind == kind) {
            Some(source) => source.serve(document, context, Some(index)).await,
            None => self.http(Request::decode(document, context)?, Some(index)).await,
        }
    }

    /// Serves an event that no source's shape or handler fits, by the app's only `#[lambda_function]`.
    async fn unknown(self, event: Bytes, context: Context) -> Result<Answer> {
        let functions = self.0.sources.iter().find(|source| source.kind == Kind::PureLambda);
        if let Some([only]) = functions.map(|source| &source.handlers[..]) {
            return self.by_name(only.index, event, context).await;
        }
        let arrived = describe(&event);
        let names = self.0.handlers.iter().map(|handler| handler.name);
        Err(format!(
            "{arrived}, and no handler takes it; {}; to reach one by its name set `_HANDLER`, or write `invoke NAME`",
            listed("", names)
        )
        .into())
    }

    /// The handler with this name.
    ///
    /// # Errors
    /// No handler, or several, have the name. The text lists the candidates.
    pub(crate) fn target(self, name: &str) -> Result<Target, String> {
        name::find(name, self.0.handlers).map(Target::Handler)
    }

    /// Resolves `_HANDLER`: a handler's name, or `anything.name`. One of the usual placeholders, or nothing, means by
    /// shape.
    ///
    /// # Errors
    /// It names no handler. The text lists the handlers.
    pub(crate) fn target_for_lambda(self, handler: Option<&str>) -> Result<Target, String> {
        let Some(handler) = handler.filter(|handler| !handler.is_empty()) else { return Ok(Target::ByShape) };
        let named = |name: &str| self.0.handlers.iter().any(|spec| spec.name == name);
        let last = handler.rsplit('.').next().unwrap_or(handler);
        if named(handler) {
            return self.target(handler);
        }
        if named(last) {
            return self.target(last);
        }
        if self.is_by_shape(handler) {
            return Ok(Target::ByShape);
        }
        self.target(handler).map_err(|error| format!("`_HANDLER` is `{handler}`: {error}"))
    }

    fn is_by_shape(self, word: &str) -> bool {
        let binary = std::env::current_exe().ok();
        let binary = binary.as_deref().and_then(|path| path.file_stem()?.to_str());
        matches!(word, "bootstrap" | "main" | "handler" | "provided")
            || word == self.0.name
            || binary == Some(word)
    }

    /// The threads that the app's functions need.
    pub(crate) fn threads(self) -> Threads {
        self.0.threads
    }

    /// The largest body of a request that the servers of this process take, in bytes.
    pub(crate) fn body_limit(self) -> usize {
        self.0.body_limit
    }

    /// The app's name.
    pub(crate) fn name(self) -> &'static str {
        self.0.name
    }

    /// Warnings of the launch: ambiguous orders, useless exclusions.
    pub(crate) fn warnings(self) -> &'static [String] {
        &self.0.warnings
    }

    /// Starts the watchdog, which ends the process on a signal while the setup blocks its thread. `None` if there is no
    /// setup.
    pub(crate) fn watch_setup(self) -> Option<Watchdog> {
        self.0.setup.watch()
    }

    /// Whether there are shutdown hooks that have not run.
    pub(crate) fn has_shutdown_hooks(self) -> bool {
        !self.0.hooks.is_empty()
    }

    /// Runs the shutdown hooks, once.
    pub(crate) async fn shut_down(self, time: TimeToEnd) {
        self.0.hooks.run(States::of(self.0.states), time).await;
    }
}

impl SourceHandlers {
    /// Serves the events of a document, by their own handlers or by a named one.
    async fn serve(
        &'static self,
        document: RawEvent,
        context: Context,
        named: Option<usize>,
    ) -> Result<Answer> {
        let named = named.and_then(|index| self.handlers.iter().find(|served| served.index == index));
        self.dispatch.serve(document, context, &self.handlers, named).await.map(Answer::Json)
    }
}

fn event_of(request: &Request) -> Bytes {
    Bytes::copy_from_slice(request.original().get().as_bytes())
}

fn logged(error: Error) -> Error {
    tracing::error!(error_type = error.type_name(), "the invocation failed: {}", error.report());
    error
}

/// The answer to a request whose invocation failed. It does not show the reason.
#[inline]
fn internal_error(error: Error) -> http::Response<Bytes> {
    Response::generic().with_error(Arc::new(error)).into()
}
