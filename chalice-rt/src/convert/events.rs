//! Tower layers over Lambda events as middleware for every kind.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use lambda_runtime::LambdaEvent;
use serde_json::Value;
use tower::{Layer, Service, ServiceExt};

use super::kept::{Keep, Kept};
use super::requests::{ConvertedHttp, HttpBridge};
use super::{BoxFuture, Layered, from_lambda, to_lambda};
use crate::chain::{Middleware, Next};
use crate::error::{BoxError, Result};
use crate::event::{Event, EventAnswer};

tokio::task_local! {
    /// The rest of the chain, for the [`Bridge`] of the layer that is being polled.
    static INWARD: Box<dyn Inward + Send>;
}

/// A tower layer over `LambdaEvent<Value>` as a middleware for events of every kind. Made by
/// [`ConvertToMiddleware::new`]. For layers over [`http::Request`] there is [`ConvertToMiddleware::http`].
///
/// The layer is applied once, when the middleware is made, so its limits and counters span all calls. The service is
/// cloned for each call. The layer sees the JSON of the event at its place in the chain, and the JSON of the answer. An
/// HTTP response has the form that API Gateway takes from Lambda functions: `{"statusCode", "headers",
/// "multiValueHeaders", "body", "isBase64Encoded"}`. An unchanged event or answer passes on as the typed value that it
/// was. Listings show the name of the layer's type.
///
/// A layer must call its service in its own task. A layer that calls it in another task, such as tower's `buffer`, gets
/// an error.
///
/// ```
/// use chalice_rt::prelude::*;
/// use chalice_rt::tower::layer::layer_fn;
///
/// /// Of the ecosystem: gives the service back as it is.
/// let layer = layer_fn(|service: chalice_rt::convert::Bridge| service);
/// let app = app!("wrapped").register_middleware(ConvertToMiddleware::new(layer), All);
/// ```
pub struct ConvertToMiddleware<S>(Layered<S>);

impl<S> ConvertToMiddleware<S>
where
    S: Clone,
{
    /// Makes a middleware of a layer over Lambda events.
    pub fn new<L>(layer: L) -> Self
    where
        L: Layer<Bridge, Service = S>,
        S: Service<LambdaEvent<Value>, Response = Value> + Send + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
    {
        ConvertToMiddleware(Layered::new::<L>(layer.layer(Bridge(()))))
    }

    /// Makes a middleware for HTTP of a layer over [`http::Request`], such as those of `tower-http`.
    ///
    /// The layer may change method, headers, body and extensions of the request. Path and query keep their values,
    /// because the route is already chosen. It may change everything of the response. A body of another type is
    /// collected. A body beyond a layer's limit is answered with 413.
    ///
    /// ```
    /// use chalice_rt::http::Request as HttpRequest;
    /// use chalice_rt::prelude::*;
    /// use chalice_rt::tower::util::MapRequestLayer;
    ///
    /// let mark = MapRequestLayer::new(|mut request: HttpRequest<Body>| {
    ///     request.headers_mut().insert("x-seen", HeaderValue::from_static("yes"));
    ///     request
    /// });
    /// let app = app!("wrapped").register_middleware(ConvertToMiddleware::http(mark), Http);
    /// ```
    pub fn http<L>(layer: L) -> ConvertedHttp<S>
    where
        L: Layer<HttpBridge, Service = S>,
    {
        ConvertedHttp::new(layer)
    }
}

impl<E, S> Middleware<E> for ConvertToMiddleware<S>
where
    E: Event,
    S: Service<LambdaEvent<Value>, Response = Value> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let sent = LambdaEvent::new(event.to_value()?, to_lambda(event.context()));
        let kept = Keep::default();
        let crossing = Crossing { event, sent: Arc::new(sent.clone()), next, kept: Arc::clone(&kept) };
        let service = self.0.service();
        let outcome = INWARD.scope(Box::new(crossing), service.oneshot(sent)).await;
        Kept::restore(&kept, outcome.map_err(Into::into))
    }

    fn name(&self) -> &'static str {
        self.0.name
    }
}

impl<S> fmt::Debug for ConvertToMiddleware<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConvertToMiddleware").field(&self.0.name).finish()
    }
}

/// The innermost service of a converted layer over Lambda events: it runs the rest of the chain.
#[derive(Debug, Clone)]
pub struct Bridge(());

impl Service<LambdaEvent<Value>> for Bridge {
    type Response = Value;
    type Error = BoxError;
    type Future = BoxFuture<Result<Value, BoxError>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, event: LambdaEvent<Value>) -> Self::Future {
        INWARD.try_with(|inward| inward.run(event)).unwrap_or_else(|_| Box::pin(async { Err(elsewhere()) }))
    }
}

fn elsewhere() -> BoxError {
    "a converted layer called its service from another task, where the rest of the chain is out of reach; \
     layers such as tower's `buffer` cannot be converted for Lambda events"
        .into()
}

/// The rest of a chain of any kind, which takes events as JSON.
trait Inward {
    fn run(&self, given: LambdaEvent<Value>) -> BoxFuture<Result<Value, BoxError>>;
}

/// An event that a layer is handling.
struct Crossing<E: Event> {
    event: E,
    sent: Arc<LambdaEvent<Value>>,
    next: Next<E>,
    kept: Arc<Mutex<Option<Kept<E::Response>>>>,
}

impl<E: Event> Crossing<E> {
    /// The event that the layer passes on: the typed one, unless the layer has changed its JSON.
    fn event(&self, given: LambdaEvent<Value>) -> Result<E> {
        let mut event = if given.payload == self.sent.payload {
            self.event.clone()
        } else {
            self.event.rewritten(&given.payload, self.event.context().clone())?
        };
        if given.context != self.sent.context {
            let context = from_lambda(given.context, event.context());
            *event.context_mut() = context;
        }
        Ok(event)
    }
}

impl<E: Event> Inward for Crossing<E> {
    fn run(&self, given: LambdaEvent<Value>) -> BoxFuture<Result<Value, BoxError>> {
        let (event, sent) = (self.event(given), Arc::clone(&self.sent));
        let (next, kept) = (self.next.clone(), Arc::clone(&self.kept));
        Box::pin(async move {
            let answer = match event {
                Ok(event) => next.run(event).await,
                Err(error) => Err(error),
            };
            Kept::keep(&kept, answer.and_then(|answer| Ok((answer.to_json(&sent.payload)?, answer))))
        })
    }
}
