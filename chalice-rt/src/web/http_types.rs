//! Conversions to requests and responses of the crate `http`, for tower's layers.

use std::sync::Arc;

use bytes::Bytes;

use super::request::Request;
use super::response::{IntoResponse, Response};
use crate::error::Result;

impl Request {
    /// The request as one of the crate `http`, extensions included.
    ///
    /// # Errors
    /// There are more headers than a map can hold.
    #[inline]
    pub(crate) fn to_http(&self) -> Result<http::Request<Bytes>> {
        let mut request = http::Request::new(self.body().clone());
        *request.method_mut() = self.method().clone();
        *request.uri_mut() = self.uri().clone();
        *request.headers_mut() = self.all_headers()?.clone();
        *request.extensions_mut() = self.extensions().clone();
        Ok(request)
    }

    /// This request with the method, headers, body and extensions of another. Path and query are kept, because the
    /// route is already chosen.
    #[must_use]
    #[inline]
    pub(crate) fn with_http(mut self, request: http::Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        *self.headers_mut() = parts.headers;
        let inner = Arc::make_mut(&mut self.0);
        inner.method = parts.method;
        inner.extensions = parts.extensions;
        inner.body_changed |= inner.body != body;
        inner.body = body;
        self
    }

    /// This request with the route of another, and its extensions.
    #[must_use]
    #[inline]
    pub(crate) fn routed_as(mut self, other: &Request) -> Self {
        let params =
            other.0.params.0.iter().map(|(name, value)| (*name, value.get(other.document()).to_owned()));
        let inner = Arc::make_mut(&mut self.0);
        inner.params = params.collect::<Vec<_>>().into();
        inner.route = other.0.route;
        inner.fallback = other.0.fallback.clone();
        inner.format = other.0.format.clone();
        inner.extensions = other.0.extensions.clone();
        self
    }
}

impl From<Response> for http::Response<Bytes> {
    fn from(response: Response) -> Self {
        response.settled().into_http()
    }
}

impl<B: Into<Bytes>> From<http::Response<B>> for Response {
    fn from(response: http::Response<B>) -> Self {
        Response::from_http(response.map(Into::into))
    }
}

impl<B: Into<Bytes>> IntoResponse for http::Response<B> {
    fn into_response(self) -> Result<Response> {
        Ok(self.into())
    }
}
