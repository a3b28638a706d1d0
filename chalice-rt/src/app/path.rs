//! Paths and templates: the path that is looked up, and the parameters in it.

use std::borrow::Cow;

use crate::error::Result;
use crate::web::{Request, decode_percent};

/// The names of a template's parameters.
pub(super) fn params(template: &'static str) -> Vec<&'static str> {
    if !template.contains('{') {
        return Vec::new();
    }
    let names = segments(template).filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| name.strip_suffix('+').unwrap_or(name)).collect()
}

/// The segments of a template.
pub(super) fn segments(template: &'static str) -> impl Iterator<Item = &'static str> {
    // `str::split` is several times slower here.
    let slash = |text: &str| text.bytes().position(|byte| byte == b'/');
    let mut left = slash(template).map(|at| &template[at + 1..]);
    std::iter::from_fn(move || {
        let text = left?;
        let end = slash(text);
        left = end.map(|at| &text[at + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Sets the route of a request that a middleware has made.
pub(super) fn bind(request: &mut Request, template: &'static str) {
    let path = canonical(request).map(Cow::into_owned).unwrap_or_default();
    let values = values(template, without_slash(&path)).unwrap_or_default();
    let found = params(template).into_iter().zip(values.into_iter().map(decoded));
    let params = request.params_of(found);
    request.matched(template, params);
}

/// The values of a template's parameters in a path, if it matches.
fn values<'p>(template: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let mut values = Vec::new();
    let mut rest = Some(path.strip_prefix('/')?);
    for segment in template.split('/').skip(1) {
        let (value, after) =
            rest?.split_once('/').map_or((rest?, None), |(value, after)| (value, Some(after)));
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

/// The path to look up. Its segments are decoded, except for slashes within a segment and for `%` itself.
pub(super) fn canonical(request: &Request) -> Result<Cow<'_, str>> {
    let path = request.routing_path();
    if !path.contains('%') {
        return Ok(Cow::Borrowed(path));
    }
    let segments: Result<Vec<String>> =
        path.split('/').map(|segment| Ok(escaped(&request.decode_segment(segment)?))).collect();
    Ok(Cow::Owned(segments?.join("/")))
}

/// A literal of a template in the form of a canonical path. It may be percent-encoded in the template.
pub(super) fn literal(segment: &str) -> Cow<'_, str> {
    if segment.contains('%') {
        escaped(&decode_percent(segment).unwrap_or(Cow::Borrowed(segment))).into()
    } else {
        segment.into()
    }
}

fn escaped(segment: &str) -> String {
    segment.replace('%', "%25").replace('/', "%2F")
}

/// Decodes a parameter's value from the canonical path.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    if value.contains('%') { value.replace("%2F", "/").replace("%25", "%").into() } else { value.into() }
}

/// Removes the trailing slash, which is ignored unless the app has `strict_slashes`.
pub(super) fn without_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() && !shorter.ends_with('/') => shorter,
        _ => path,
    }
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
