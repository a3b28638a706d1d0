//! Requests and responses as those of the crate `http`, for tower and its layers.

use std::sync::Arc;

use bytes::Bytes;
use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::request::Request;
use super::response::{IntoResponse, Response};
use crate::error::Result;

/// What may stand in a path as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'@')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*');

impl Request {
    /// The request as one of the crate `http`, extensions included.
    ///
    /// # Errors
    /// The path is none of a URI.
    #[inline]
    pub(crate) fn to_http(&self) -> Result<http::Request<Bytes>> {
        let mut request = http::Request::new(self.body().clone());
        *request.method_mut() = self.method().clone();
        *request.uri_mut() = Uri::from(PathAndQuery::try_from(self.target())?);
        *request.headers_mut() = self.headers().clone();
        *request.extensions_mut() = self.extensions().clone();
        Ok(request)
    }

    /// This request with method, headers, body and extensions of another. Path and query stay: the route is decided.
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
        inner.extensions = other.0.extensions.clone();
        self
    }

    #[inline]
    fn target(&self) -> String {
        let path = self.routing_path();
        let encoded = self.front_end().encodes_path;
        let mut target = if encoded { path.to_owned() } else { utf8_percent_encode(path, PLAIN).to_string() };
        if !self.query().is_empty() {
            target.push('?');
            let start = target.len();
            let mut query = form_urlencoded::Serializer::for_suffix(&mut target, start);
            query.extend_pairs(self.query().iter());
        }
        target
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
