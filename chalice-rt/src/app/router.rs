//! The router: which route serves a path and a method.

use std::borrow::Cow;

use http::Method;

use super::rescue::Rescue;
use super::tree::Tree;
use crate::chain::Chain;
use crate::error::Result;
use crate::web::{Params, Request, decode_percent};

/// One method of one route.
pub(super) struct Endpoint {
    pub(super) handler: usize,
    pub(super) chain: &'static Chain<Request>,
    /// The template as it was written, with the prefixes of its blueprints.
    pub(super) template: &'static str,
    pub(super) params: Vec<&'static str>,
    pub(super) content_types: &'static [&'static str],
    pub(super) rescue: &'static Rescue,
}

/// What is found for a request.
pub(super) enum Found<'r> {
    Route(&'r Endpoint, Params),
    /// An automatic answer to OPTIONS; the methods of the path.
    Options(String),
    /// No such method; those that are written on the path's routes.
    MethodNotAllowed(String),
    Nothing,
}

/// All endpoints of one path.
#[derive(Default)]
struct Path {
    endpoints: Vec<(Method, Endpoint)>,
}

/// The table of routes.
#[derive(Default)]
pub(super) struct Router {
    tree: Tree,
    paths: Vec<Path>,
    strict_slashes: bool,
}

impl Router {
    pub(super) fn new(strict_slashes: bool) -> Self {
        Router { strict_slashes, ..Router::default() }
    }

    /// Adds an endpoint. Of two for one path and method the first one stays, and its handler is returned.
    pub(super) fn add(&mut self, method: Method, endpoint: Endpoint) -> Option<usize> {
        let at = *self.tree.place(endpoint.template, literal).get_or_insert(self.paths.len());
        if at == self.paths.len() {
            self.paths.push(Path::default());
        }
        let endpoints = &mut self.paths[at].endpoints;
        if let Some((_, first)) = endpoints.iter().find(|(known, _)| *known == method) {
            return Some(first.handler);
        }
        endpoints.push((method, endpoint));
        None
    }

    /// Finds the endpoint of a request; `only` leaves out all handlers but one.
    pub(super) fn find(&self, request: &Request, only: Option<usize>) -> Result<Found<'_>> {
        let path = canonical(request)?;
        let path = if self.strict_slashes { &path } else { without_slash(&path) };
        let served = |endpoint: &&Endpoint| only.is_none_or(|only| only == endpoint.handler);
        let wanted = |at: usize| self.paths[at].endpoints.iter().any(|(_, endpoint)| served(&endpoint));
        let Some((at, values)) = self.tree.find(path, wanted) else { return Ok(Found::Nothing) };
        let endpoints = &self.paths[at].endpoints;
        let find = |method: &Method| {
            endpoints.iter().find(|(known, _)| known == method).map(|(_, endpoint)| endpoint).filter(served)
        };
        let method = request.method();
        let found = find(method).or_else(|| if method == Method::HEAD { find(&Method::GET) } else { None });
        if let Some(endpoint) = found {
            let values = values.into_iter().map(decoded);
            return Ok(Found::Route(
                endpoint,
                request.params_of(endpoint.params.iter().copied().zip(values)),
            ));
        }
        let methods: Vec<&Method> =
            endpoints.iter().filter(|(_, endpoint)| served(&endpoint)).map(|(method, _)| method).collect();
        Ok(match *method {
            Method::OPTIONS => Found::Options(with_automatic(&methods)),
            _ => Found::MethodNotAllowed(joined(&methods)),
        })
    }

    /// Whether some route has this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.tree.find(without_slash(path), |_| true).is_some()
    }
}

fn joined(methods: &[&Method]) -> String {
    let names: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    names.join(", ")
}

/// The methods with those that are answered without being written.
fn with_automatic(methods: &[&Method]) -> String {
    let mut all = methods.to_vec();
    if methods.contains(&&Method::GET) && !methods.contains(&&Method::HEAD) {
        all.push(&Method::HEAD);
    }
    all.push(&Method::OPTIONS);
    joined(&all)
}

fn without_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() && !shorter.ends_with('/') => shorter,
        _ => path,
    }
}

/// The names of a template's parameters.
pub(super) fn params(template: &'static str) -> Vec<&'static str> {
    let names = template.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| name.trim_end_matches('+')).collect()
}

/// Tells a request that a middleware has made itself the route that it is on its way to.
pub(super) fn bind(request: &mut Request, template: &'static str) {
    let path = canonical(request).map(Cow::into_owned).unwrap_or_default();
    let values = values(template, without_slash(&path)).unwrap_or_default();
    let found = params(template).into_iter().zip(values.into_iter().map(decoded));
    let params = request.params_of(found);
    request.matched(template, params);
}

/// The values of a template's parameters in a path, if it fits.
fn values<'p>(template: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let mut values = Vec::new();
    let mut rest = Some(path.strip_prefix('/')?);
    for segment in template.split('/').skip(1) {
        let (value, after) = rest?.split_once('/').map_or((rest?, None), |(value, after)| (value, Some(after)));
        match segment.strip_prefix('{') {
            Some(name) if name.ends_with("+}") => {
                values.push(rest?);
                return Some(values);
            }
            Some(_) => values.push(value),
            None if literal(segment) == value => {}
            None => return None,
        }
        rest = after;
    }
    rest.is_none().then_some(values)
}

/// The path to look up: every segment decoded, but for a slash within a segment and for the escape itself.
fn canonical(request: &Request) -> Result<Cow<'_, str>> {
    let path = request.routing_path();
    if !path.contains('%') {
        return Ok(Cow::Borrowed(path));
    }
    let segments: Result<Vec<String>> =
        path.split('/').map(|segment| Ok(escaped(&request.decode_segment(segment)?))).collect();
    Ok(Cow::Owned(segments?.join("/")))
}

/// A template's literal, which may be written percent-encoded, as it stands in a canonical path.
fn literal(segment: &str) -> String {
    escaped(&decode_percent(segment).unwrap_or(Cow::Borrowed(segment)))
}

fn escaped(segment: &str) -> String {
    segment.replace('%', "%25").replace('/', "%2F")
}

/// A parameter's value out of the canonical path.
fn decoded(value: &str) -> Cow<'_, str> {
    if value.contains('%') { value.replace("%2F", "/").replace("%25", "%").into() } else { value.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_may_be_written_encoded() {
        assert_eq!([literal("a%20b"), literal("%C3%A9"), literal("%2F%25")], ["a b", "é", "%2F%25"]);
    }

    #[test]
    fn a_path_has_the_values_of_the_template_that_it_fits() {
        assert_eq!(values("/users/{id}/files/{rest+}", "/users/7/files/a/b"), Some(vec!["7", "a/b"]));
        assert_eq!(values("/", "/"), Some(vec![]));
        assert_eq!(values("/users/{id}", "/users/7/8"), None);
        assert_eq!(values("/users/{id}", "/orders/7"), None);
    }

    #[test]
    fn a_template_names_its_parameters() {
        assert_eq!(params("/users/{id}/files/{rest+}"), ["id", "rest"]);
    }
}
