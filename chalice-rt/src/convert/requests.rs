//! Tower layers over [`http::Request`] as middleware for HTTP.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::LengthLimitError;
use tower::{Layer, Service, ServiceExt};

use super::kept::{Keep, Kept};
use super::{BoxFuture, Layered};
use crate::chain::{Middleware, Next};
use crate::collect::collect;
use crate::error::{BoxError, Result};
use crate::web::{Body, Request, Response};

/// A tower layer over [`http::Request`] as a middleware for HTTP, made by
/// [`ConvertToMiddleware::http`](super::ConvertToMiddleware::http).
pub struct ConvertedHttp<S>(Layered<S>);

impl<S: Clone> ConvertedHttp<S> {
    pub(super) fn new<L: Layer<HttpBridge, Service = S>>(layer: L) -> Self {
        ConvertedHttp(Layered::new::<L>(layer.layer(HttpBridge(()))))
    }
}

impl<S, B> Middleware<Request> for ConvertedHttp<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        let kept = Keep::default();
        let mut given = request.to_http()?.map(|bytes| Body::new(bytes, None));
        given.extensions_mut().insert(Inward::new(request, next, Arc::clone(&kept)));
        let service = self.0.service();
        let response =
            service.oneshot(given).await.map_err(|error| Kept::restore_error(&kept, error.into()))?;
        let (parts, body) = response.into_parts();
        let body = collect(body).await.map_err(Into::into)?;
        Ok(http::Response::from_parts(parts, body).into())
    }

    fn name(&self) -> &'static str {
        self.0.name
    }
}

impl<S> fmt::Debug for ConvertedHttp<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConvertedHttp").field(&self.0.name).finish()
    }
}

/// The innermost service of a converted layer over requests: it runs the rest of the chain.
///
/// Layers may call it with other body types than they were given, and in other tasks.
#[derive(Debug, Clone)]
pub struct HttpBridge(());

impl<B> Service<http::Request<B>> for HttpBridge
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<Result<http::Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: http::Request<B>) -> Self::Future {
        let inward = request.extensions_mut().remove::<Inward>();
        Box::pin(async move {
            let inward = inward.ok_or_else(lost)?;
            let (parts, body) = request.into_parts();
            let response = match collect(body).await.map_err(Into::into) {
                Ok(body) => inward.run(http::Request::from_parts(parts, body)).await?,
                Err(error) if error.is::<LengthLimitError>() => {
                    Response::new("length limit exceeded").with_status(413)
                }
                Err(error) => return Err(error),
            };
            let response: http::Response<Bytes> = response.into();
            Ok(response.map(|bytes| Body::new(bytes, None)))
        })
    }
}

fn lost() -> BoxError {
    "a converted layer made a new request without the extensions of the one that it was given; \
     the rest of the chain travels in them"
        .into()
}

/// The rest of the chain. It travels in the request's extensions.
#[derive(Clone)]
struct Inward(Arc<Crossing>);

struct Crossing {
    request: Request,
    next: Next<Request>,
    kept: Keep<Response>,
}

impl Inward {
    fn new(request: Request, next: Next<Request>, kept: Keep<Response>) -> Self {
        Inward(Arc::new(Crossing { request, next, kept }))
    }

    async fn run(&self, given: http::Request<Bytes>) -> Result<Response, BoxError> {
        let Crossing { request, next, kept } = &*self.0;
        let answer = next.clone().run(request.clone().with_http(given)).await;
        answer.map_err(|error| Kept::keep_error(kept, error))
    }
}
