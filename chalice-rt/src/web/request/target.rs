//! The target of a request: route, URI, host, accepted media types.

use std::sync::Arc;

use http::Uri;
use http::header::{ACCEPT, HOST};
use http::uri::PathAndQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Request;
use crate::web::media_type;

/// The characters to encode in a path.
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

/// The characters to encode in a path that is percent-encoded already.
const ENCODED: &AsciiSet = &PLAIN.remove(b'%');

impl Request {
    /// The template of the request's route, such as `/users/{id}`. `None` if no route serves the request.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[middleware("http")]
    /// async fn count(request: Request, next: Next<Request>) -> Result<Response> {
    ///     tracing::info!(route = request.matched_path().unwrap_or("none"), "a request");
    ///     next.run(request).await
    /// }
    /// # fn main() {}
    /// ```
    pub fn matched_path(&self) -> Option<&'static str> {
        self.0.route
    }

    /// The template of the request's route. The same as [`matched_path`](Request::matched_path).
    pub fn route(&self) -> Option<&'static str> {
        self.matched_path()
    }

    /// The path and the query as a URI, percent-encoded, without the stage and without the base path of a custom domain.
    pub fn uri(&self) -> &Uri {
        self.0.lazy.uri.get_or_init(|| {
            // A percent-encoded path always parses.
            PathAndQuery::try_from(self.target()).map(Uri::from).unwrap_or_default()
        })
    }

    /// The requested host, with the port if there is one: the header `Host`, else the front end's domain name.
    pub fn host(&self) -> Option<&str> {
        self.header_str(HOST.as_str()).or_else(|| self.request_context()["domainName"].as_str())
    }

    /// Whether the client accepts a media type, such as `text/html`, by its `Accept` headers. The most specific
    /// matching range decides, and a weight of 0 refuses. Without `Accept` everything is accepted.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[route("/")]
    /// async fn index(request: Request) -> Response {
    ///     match request.accepts("text/html") {
    ///         true => Response::new("<h1>hello</h1>").with_header("content-type", "text/html"),
    ///         false => Response::new(json!({"hello": true})),
    ///     }
    /// }
    /// # fn main() {}
    /// ```
    pub fn accepts(&self, media_type: &str) -> bool {
        let accept = self.0.headers.all(self.document(), ACCEPT.as_str()).join(",");
        accept.is_empty() || media_type::accepts(&accept, media_type) == Some(true)
    }

    fn target(&self) -> String {
        let set = if self.0.front_end.encodes_path { ENCODED } else { PLAIN };
        let mut target = utf8_percent_encode(self.routing_path(), set).to_string();
        if !self.query().is_empty() {
            target.push('?');
            let start = target.len();
            let mut query = form_urlencoded::Serializer::for_suffix(&mut target, start);
            query.extend_pairs(self.query().iter());
        }
        target
    }

    /// Whether there is a body without a content type. An event without the member `headers` was written by hand or by
    /// a tool, so its body counts as JSON.
    pub(crate) fn has_untyped_body(&self) -> bool {
        !self.0.body.is_empty() && self.0.tells_headers && self.header_str("content-type").is_none()
    }

    /// Sets the route, for [`matched_path`](Request::matched_path).
    pub(crate) fn matched(&mut self, route: &'static str, params: impl Into<super::Params>) {
        let inner = Arc::make_mut(&mut self.0);
        inner.route = Some(route);
        inner.params = params.into();
    }
}
