//! Removes prefixes from the path: the stage of an API, and the base path of a custom domain.

use std::borrow::Cow;

use crate::web::percent::decode_percent;

/// The members of an event that concern its path.
#[derive(Debug, Default)]
pub(in crate::web) struct Located<'a> {
    /// The path as delivered.
    pub(in crate::web) path: &'a str,
    /// The path in the request's context.
    pub(in crate::web) context_path: Option<&'a str>,
    pub(in crate::web) stage: &'a str,
    pub(in crate::web) domain: Option<&'a str>,
    /// The API's resource or route: `/users/{id}`, `/{proxy+}`, `$default`.
    pub(in crate::web) template: Option<&'a str>,
    /// The decoded match of the template's `{proxy+}`.
    pub(in crate::web) rest: Option<Cow<'a, str>>,
}

impl<'a> Located<'a> {
    /// Whether the domain is a custom one.
    pub(super) fn is_custom(&self) -> bool {
        self.domain.is_some_and(|domain| !domain.contains(".execute-api.") && domain.contains('.'))
    }

    /// The path of an HTTP API without the stage. It begins with the stage unless that is `$default`, or on a custom
    /// domain with the base path.
    pub(super) fn without_stage(&self) -> &'a str {
        match self.without_base() {
            Some(own) if self.is_custom() || own == self.path => own,
            _ => strip_stage(self.path, self.stage),
        }
    }

    /// The end of the path that the API's template matches, if that is certain. The template is matched backwards from
    /// the path's end, so the path is read once.
    pub(super) fn without_base(&self) -> Option<&'a str> {
        let template = self.template.filter(|template| template.starts_with('/'))?;
        let mut wanted = template.rsplit('/').filter(|segment| !segment.is_empty()).peekable();
        let mut before = self.path.trim_end_matches('/');
        if wanted.next_if(|segment| segment.ends_with("+}")).is_some() {
            before = before_rest(before, self.rest.as_deref()?)?.strip_suffix('/')?;
        }
        for segment in wanted {
            let (further, here) = before.rsplit_once('/')?;
            if here.is_empty() || !(segment.starts_with('{') || segment == here) {
                return None;
            }
            before = further;
        }
        Some(&self.path[before.len()..])
    }
}

/// The part of a path before `rest`. `rest` is decoded, the path may be encoded.
fn before_rest<'a>(path: &'a str, rest: &str) -> Option<&'a str> {
    if let Some(before) = path.strip_suffix(rest) {
        return Some(before);
    }
    let decoded = decode_percent(path)?;
    let before = decoded.strip_suffix(rest)?;
    let is_escape = |byte: &u8| *byte == b'%';
    let (mut at, mut passed) = (0, 0);
    while passed < before.len() {
        at += if path.as_bytes().get(at).is_some_and(is_escape) { 3 } else { 1 };
        passed += 1;
    }
    path.get(..at)
}

fn strip_stage<'a>(path: &'a str, stage: &str) -> &'a str {
    if stage.is_empty() || stage == "$default" {
        return path;
    }
    match path.strip_prefix('/').and_then(|path| path.strip_prefix(stage)) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => path,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::web::front_end) const API: Option<&str> =
        Some("abc123.execute-api.us-east-1.amazonaws.com");
    pub(in crate::web::front_end) const CUSTOM: Option<&str> = Some("api.example.com");

    #[test]
    fn an_http_api_delivers_its_stage_first() {
        let cases = [
            ("/prod/users/7", "prod", API, Some("$default"), "/users/7"),
            ("/prod/users/7", "prod", API, Some("/users/{id}"), "/users/7"),
            ("/prod", "prod", API, Some("/"), ""),
            ("/prod/", "prod", API, None, "/"),
            ("/product/7", "prod", API, None, "/product/7"),
            ("/users/7", "$default", API, Some("$default"), "/users/7"),
            ("/prod/users", "prod", None, None, "/users"),
            ("/shop/users/7", "prod", CUSTOM, Some("/users/{id}"), "/users/7"),
            ("/users/7", "prod", CUSTOM, Some("/users/{id}"), "/users/7"),
        ];
        for (path, stage, domain, template, own) in cases {
            let located = Located { path, stage, domain, template, ..Located::default() };
            assert_eq!(located.without_stage(), own, "{path} of {stage}");
        }
    }
}
