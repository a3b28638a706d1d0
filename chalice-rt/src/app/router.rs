//! The router: finds the route for a path and a method.

use std::sync::OnceLock;

use http::Method;

use super::error_handlers::ErrorHandlers;
use super::methods::Methods;
use super::path::{canonical, decoded, literal, params, without_slash};
use super::tree::Tree;
use crate::chain::Chain;
use crate::error::Result;
use crate::route::CorsHeaders;
use crate::route::RouteOption;
use crate::web::{Params, Request};

/// One method of one route.
pub(super) struct Endpoint {
    pub(super) handler: usize,
    pub(super) chain: Chain<Request>,
    /// The names of the template's parameters. They are read at the first request.
    pub(super) params: OnceLock<Vec<&'static str>>,
    pub(super) options: &'static [&'static dyn RouteOption],
    pub(super) cors: Option<&'static CorsHeaders>,
    pub(super) errors: &'static ErrorHandlers,
}

/// The result of looking up a request.
pub(super) enum Found<'r> {
    Route(&'r Endpoint, Params),
    /// The path has routes, but none for the method.
    NoMethod(Methods<'r>),
    Nothing,
}

/// All endpoints of one path.
struct Path {
    first: (Method, Endpoint),
    /// Most paths have one method.
    more: Vec<(Method, Endpoint)>,
}

impl Path {
    fn endpoints(&self) -> impl Iterator<Item = &(Method, Endpoint)> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

/// The table of routes.
#[derive(Default)]
pub(super) struct Router {
    tree: Tree,
    paths: Vec<Path>,
    strict_slashes: bool,
}

impl Router {
    pub(super) fn new(strict_slashes: bool, routes: usize) -> Self {
        Router { strict_slashes, paths: Vec::with_capacity(routes), ..Router::default() }
    }

    /// Adds an endpoint. If the path and method have one already, that one is kept, and its handler is returned.
    pub(super) fn add(&mut self, method: Method, endpoint: Endpoint) -> Option<usize> {
        let at = *self.tree.place(endpoint.chain.template, literal).get_or_insert(self.paths.len());
        if at == self.paths.len() {
            self.paths.push(Path { first: (method, endpoint), more: Vec::new() });
            return None;
        }
        let path = &mut self.paths[at];
        if let Some((_, first)) = path.endpoints().find(|(known, _)| *known == method) {
            return Some(first.handler);
        }
        path.more.push((method, endpoint));
        None
    }

    /// Finds the endpoint of a request. `only` restricts the routes to one handler's.
    pub(super) fn find(&self, request: &Request, only: Option<usize>) -> Result<Found<'_>> {
        let path = canonical(request)?;
        let path = if self.strict_slashes { &path } else { without_slash(&path) };
        let served = |endpoint: &&Endpoint| only.is_none_or(|only| only == endpoint.handler);
        let wanted = |at: usize| self.paths[at].endpoints().any(|(_, endpoint)| served(&endpoint));
        let Some((at, values)) = self.tree.find(path, wanted) else { return Ok(Found::Nothing) };
        let path = &self.paths[at];
        let find = |method: &Method| {
            path.endpoints().find(|(known, _)| known == method).map(|(_, endpoint)| endpoint).filter(served)
        };
        let method = request.method();
        let found = find(method).or_else(|| if method == Method::HEAD { find(&Method::GET) } else { None });
        if let Some(endpoint) = found {
            let names = endpoint.params.get_or_init(|| params(endpoint.chain.template)).iter().copied();
            let params = request.params_of(names.zip(values.into_iter().map(decoded)));
            return Ok(Found::Route(endpoint, params));
        }
        Ok(Found::NoMethod(Methods(path.endpoints().filter(|(_, endpoint)| served(&endpoint)).collect())))
    }

    /// Whether some route has this path.
    #[cfg(any(feature = "local", feature = "testing"))]
    pub(super) fn has(&self, path: &str) -> bool {
        self.tree.find(without_slash(path), |_| true).is_some()
    }
}
