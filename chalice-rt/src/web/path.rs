//! Paths: undoing the percent-encoding, and taking off what the front end put before the app's own.

use std::borrow::Cow;

use super::front_end::FrontEnd;

/// What is wrong with a path that cannot be decoded.
pub(super) const BAD_PATH: &str = "the path is not percent-encoded UTF-8";

/// The text with its percent-encoding undone; nothing if that is malformed, or what comes out is not UTF-8.
pub(crate) fn decode_percent(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let whole = text.split('%').skip(1).all(|rest| rest.get(..2).is_some_and(is_hex));
    if whole { percent_encoding::percent_decode_str(text).decode_utf8().ok() } else { None }
}

fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// What an event says about its path.
#[derive(Debug, Default)]
pub(super) struct Located<'a> {
    /// The path as delivered.
    pub(super) path: &'a str,
    /// The path in the request's context.
    pub(super) context_path: Option<&'a str>,
    pub(super) stage: &'a str,
    pub(super) domain: Option<&'a str>,
    /// The resource or route of the API that took the request: `/users/{id}`, `/{proxy+}`, `$default`.
    pub(super) template: Option<&'a str>,
    /// What the template's `{proxy+}` matched, decoded.
    pub(super) rest: Option<Cow<'a, str>>,
}

/// The app's own path: without the stage, and without the base path of a custom domain.
///
/// - A REST API delivers no stage in `path`. On a custom domain the path begins with the base path that the domain maps
///   to the API; where that ends, only the API's own template tells.
/// - An HTTP API delivers the stage first, unless it is `$default`; on a custom domain the base path.
/// - Function URLs and load balancers have neither.
pub(super) fn own_path<'a>(front_end: FrontEnd, located: &Located<'a>) -> &'a str {
    let own = match front_end {
        FrontEnd::RestV1 if located.is_custom() && located.context_path == Some(located.path) => {
            located.without_base().unwrap_or(located.path)
        }
        FrontEnd::HttpApiV1 | FrontEnd::HttpApiV2 => located.without_stage(),
        _ => located.path,
    };
    if own.is_empty() { "/" } else { own }
}

impl<'a> Located<'a> {
    /// Whether the domain is known, and not API Gateway's own.
    fn is_custom(&self) -> bool {
        self.domain.is_some_and(|domain| !domain.contains(".execute-api.") && domain.contains('.'))
    }

    fn without_stage(&self) -> &'a str {
        match self.without_base() {
            Some(own) if self.is_custom() || own == self.path => own,
            _ => strip_stage(self.path, self.stage),
        }
    }

    /// The end of the path that the API's template matches, if that can be told.
    fn without_base(&self) -> Option<&'a str> {
        let template = self.template.filter(|template| template.starts_with('/'))?;
        let ends = self.path.match_indices('/').map(|(start, _)| &self.path[start..]).chain([""]);
        ends.into_iter().find(|end| matches(template, self.rest.as_deref(), end))
    }
}

/// Whether a template of API Gateway, whose `{proxy+}` matched the rest, matches the path.
fn matches(template: &str, rest: Option<&str>, path: &str) -> bool {
    let wanted = template.split('/').filter(|segment| !segment.is_empty());
    let mut left = path.trim_matches('/');
    for segment in wanted {
        if segment.ends_with("+}") {
            return rest
                .is_some_and(|rest| left == rest || decode_percent(left).is_some_and(|left| left == rest));
        }
        let (here, further) = left.split_once('/').unwrap_or((left, ""));
        if here.is_empty() || !(segment.starts_with('{') || segment == here) {
            return false;
        }
        left = further;
    }
    left.is_empty()
}

fn strip_stage<'a>(path: &'a str, stage: &str) -> &'a str {
    let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(stage));
    match rest {
        Some(rest)
            if !stage.is_empty() && stage != "$default" && (rest.is_empty() || rest.starts_with('/')) =>
        {
            rest
        }
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: Option<&str> = Some("abc123.execute-api.us-east-1.amazonaws.com");
    const CUSTOM: Option<&str> = Some("api.example.com");

    #[test]
    fn percent_encoding_is_undone_or_refused() {
        assert_eq!(decode_percent("a%20b%2Fc+d"), Some("a b/c+d".into()));
        for malformed in ["%", "%2", "%zz", "%ff", "%é1", "a%2"] {
            assert_eq!(decode_percent(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn a_rest_api_delivers_no_stage() {
        for path in ["/users/7", "/api/users", "/"] {
            let located = Located { path, stage: "api", domain: API, ..Located::default() };
            assert_eq!(own_path(FrontEnd::RestV1, &located), path);
        }
    }

    #[test]
    fn the_base_path_of_a_custom_domain_is_taken_off() {
        let cases = [
            ("/shop/users/7", "/users/{id}", None, "/users/7"),
            ("/v1/shop/users/7", "/users/{id}", None, "/users/7"),
            ("/users/7", "/users/{id}", None, "/users/7"),
            ("/shop", "/", None, "/"),
            ("/shop/a/b", "/{proxy+}", Some("a/b".into()), "/a/b"),
            ("/shop/a%2Fb", "/{proxy+}", Some("a/b".into()), "/a%2Fb"),
            ("/shop/files/a/b", "/files/{rest+}", Some("a/b".into()), "/files/a/b"),
            ("/shop/a/b", "/{proxy+}", None, "/shop/a/b"),
            ("/shop/orders/7", "/users/{id}", None, "/shop/orders/7"),
        ];
        for (path, template, rest, own) in cases {
            let context_path = Some(path);
            let located =
                Located { path, context_path, stage: "api", domain: CUSTOM, template: Some(template), rest };
            assert_eq!(own_path(FrontEnd::RestV1, &located), own, "{path} by {template}");
        }
    }

    #[test]
    fn an_http_api_delivers_its_stage_first() {
        let cases = [
            ("/prod/users/7", "prod", API, Some("$default"), "/users/7"),
            ("/prod/users/7", "prod", API, Some("/users/{id}"), "/users/7"),
            ("/prod", "prod", API, Some("/"), "/"),
            ("/prod/", "prod", API, None, "/"),
            ("/product/7", "prod", API, None, "/product/7"),
            ("/users/7", "$default", API, Some("$default"), "/users/7"),
            ("/prod/users", "prod", None, None, "/users"),
            ("/shop/users/7", "prod", CUSTOM, Some("/users/{id}"), "/users/7"),
            ("/users/7", "prod", CUSTOM, Some("/users/{id}"), "/users/7"),
        ];
        for (path, stage, domain, template, own) in cases {
            let located = Located { path, stage, domain, template, ..Located::default() };
            assert_eq!(own_path(FrontEnd::HttpApiV2, &located), own, "{path} of {stage}");
        }
    }

    #[test]
    fn function_urls_and_load_balancers_have_no_stage() {
        for front_end in [FrontEnd::FunctionUrl, FrontEnd::Alb { multi_value: false }] {
            let located = Located { path: "/prod/x", stage: "prod", ..Located::default() };
            assert_eq!(own_path(front_end, &located), "/prod/x");
        }
    }
}
