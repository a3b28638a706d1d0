//! The methods of a path, for requests with another method.

use http::Method;

use super::router::Endpoint;
use crate::route::CorsHeaders;
use crate::web::{Request, Response};

/// The routes of one path.
pub(super) struct Methods<'r>(pub(super) Vec<&'r (Method, Endpoint)>);

impl Methods<'_> {
    /// The methods of the routes: `GET, POST`.
    pub(super) fn written(&self) -> String {
        self.names().collect::<Vec<_>>().join(", ")
    }

    /// The methods of the routes and those that are answered automatically.
    pub(super) fn with_automatic(&self) -> String {
        let has = |method: &Method| self.endpoint(method).is_some();
        let head = (has(&Method::GET) && !has(&Method::HEAD)).then_some("HEAD");
        self.names().chain(head).chain(["OPTIONS"]).collect::<Vec<_>>().join(", ")
    }

    /// The CORS of the first route that has any, for responses that belong to the path and not to a route.
    pub(super) fn cors(&self) -> Option<&'static CorsHeaders> {
        self.0.iter().find_map(|(_, endpoint)| endpoint.cors)
    }

    /// The answer to a preflight for a method, if its route has CORS.
    ///
    /// If no route has the method, the answer lists those that exist, so that the browser can report it.
    pub(super) fn preflight(&self, request: &Request, wanted: &Method) -> Option<Response> {
        let route = self.endpoint(if wanted == Method::HEAD { &Method::GET } else { wanted });
        let cors = route.or_else(|| self.endpoint(wanted)).map_or_else(|| self.cors(), |route| route.cors)?;
        let shared = self.0.iter().filter(|(_, endpoint)| endpoint.cors.is_some());
        let names: Vec<&str> = shared.map(|(method, _)| method.as_str()).chain(["OPTIONS"]).collect();
        Some(cors.preflight(request, &names.join(",")))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(method, _)| method.as_str())
    }

    fn endpoint(&self, method: &Method) -> Option<&Endpoint> {
        self.0.iter().find(|(known, _)| known == method).map(|(_, endpoint)| endpoint)
    }
}
