//! The app as a tower service, for programs with their own server or runtime.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use http::StatusCode;
use http::request::Parts;
use lambda_runtime::LambdaEvent;
use serde_json::{Value, json};

use super::builder::App;
use super::invocation_error::InvocationError;
use super::report::LaunchReport;
use super::service::{Service, Target};
use crate::collect::collect_up_to;
use crate::context::Context;
use crate::convert::from_lambda;
use crate::error::{BoxError, Error, Result};
use crate::web::{Body, Response, url_request};

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// An app as a [`tower::Service`] over Lambda events and over HTTP requests. Made by [`App::into_service`].
///
/// It is `Clone` and always ready. A setup runs at the first call.
#[derive(Clone)]
pub struct AppService {
    service: Service,
    count: Arc<AtomicU64>,
}

impl App {
    /// Makes the app a [`tower::Service`] over `LambdaEvent<Value>`, for `lambda_runtime::run`, and over
    /// [`http::Request`], for axum and hyper.
    ///
    /// The shape of a Lambda event selects its handler. A request is served as one through a function URL. Its path is
    /// the one that the server passes on. The client's address comes from a [`SocketAddr`] in the request's extensions,
    /// if there is one. A body over [`body_limit`](App::body_limit) is answered with 413. A setup or an invocation that
    /// fails is answered with the generic 500. Its error is in the log and, as an [`Arc<Error>`](crate::Error), in the
    /// response's extensions.
    ///
    /// # Errors
    /// All launch errors of the app.
    ///
    /// ```no_run
    /// use chalice_rt::lambda_runtime;
    /// use chalice_rt::prelude::*;
    ///
    /// # async fn serve() -> std::result::Result<(), lambda_runtime::Error> {
    /// let service = app!("users").into_service()?;
    /// lambda_runtime::run(service).await
    /// # }
    /// ```
    #[inline]
    pub fn into_service(self) -> Result<AppService, LaunchReport> {
        let service = self.launch()?;
        for warning in service.warnings() {
            tracing::warn!("{warning}");
        }
        Ok(AppService { service, count: Arc::new(AtomicU64::new(1)) })
    }
}

impl tower::Service<LambdaEvent<Value>> for AppService {
    type Response = Value;
    type Error = InvocationError;
    type Future = BoxFuture<Result<Value, InvocationError>>;

    fn poll_ready(&mut self, _cx: &mut TaskContext<'_>) -> Poll<Result<(), InvocationError>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, event: LambdaEvent<Value>) -> Self::Future {
        let service = self.service;
        Box::pin(async move {
            let payload = serde_json::to_vec(&event.payload).map_err(failed)?;
            let context = from_lambda(event.context, &Context::default());
            let answer = service.handle(Target::ByShape, payload.into(), context).await?;
            serde_json::from_slice(&answer).map_err(failed)
        })
    }
}

#[inline]
fn failed(error: serde_json::Error) -> InvocationError {
    InvocationError::from(Error::from(error))
}

impl<B> tower::Service<http::Request<B>> for AppService
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut TaskContext<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let service = self.service;
        let request_id = format!("request-{}", self.count.fetch_add(1, Ordering::Relaxed));
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            // The body's error is dropped, because it need not be `Send`.
            let body = collect_up_to(body, service.body_limit()).await.map_err(drop);
            let response = match body {
                Ok(Some(body)) => respond(service, &parts, &body, request_id).await,
                Ok(None) => too_large(service.body_limit()),
                Err(()) => refusal(StatusCode::BAD_REQUEST, "BadRequestError", "the body could not be read"),
            };
            Ok(response.map(|bytes| Body::new(bytes, None)))
        })
    }
}

async fn respond(service: Service, parts: &Parts, body: &Bytes, request_id: String) -> http::Response<Bytes> {
    let peer = parts.extensions.get::<SocketAddr>().map(|peer| peer.ip().to_string());
    let context = Context::off_lambda(service.name(), request_id);
    match url_request(parts, body, peer.as_deref(), context) {
        Ok(request) => service.serve_request(request).await,
        Err(fault) => refusal(StatusCode::BAD_REQUEST, "BadRequestError", &fault.to_string()),
    }
}

#[inline]
fn too_large(limit: usize) -> http::Response<Bytes> {
    let message = format!("the body is larger than {limit} bytes, the most that the app takes");
    refusal(StatusCode::PAYLOAD_TOO_LARGE, "PayloadTooLargeError", &message)
}

#[inline]
fn refusal(status: StatusCode, code: &str, message: &str) -> http::Response<Bytes> {
    Response::new(json!({"Code": code, "Message": message})).with_status(status).into()
}

impl fmt::Debug for AppService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AppService").field(&self.service.name()).finish()
    }
}
