//! A REST API of API Gateway: format 1.0 without a version. `path` has no stage. It sends binary bodies only to clients
//! whose `Accept` names their type.

use http::{HeaderMap, StatusCode};

use super::{FrontEnd, Located, QueryForm};
use crate::web::wire::{Answer, Headers, MultiHeaders};

pub(super) static REST: FrontEnd = FrontEnd {
    name: "REST API",
    wrote: |_| true,
    own_path,
    encodes_path: true,
    query: QueryForm::Decoded,
    lists_cookies: false,
    forwards_client: false,
    asks_accept: true,
    write_head,
};

/// On a custom domain the path begins with the base path, and only the API's template tells where that ends. On API
/// Gateway's own domains the stage is in `requestContext.path` only.
fn own_path<'a>(located: &Located<'a>) -> &'a str {
    let has_base = located.is_custom() && located.context_path == Some(located.path);
    has_base.then(|| located.without_base()).flatten().unwrap_or(located.path)
}

/// Format 1.0: headers with one value in one object, those with several in another.
pub(super) fn write_head<'a>(_: StatusCode, headers: &'a HeaderMap, answer: &mut Answer<'a>) {
    answer.headers = Some(Headers::Once(headers));
    answer.multi_value_headers = Some(MultiHeaders::Several(headers));
}

#[cfg(test)]
mod tests {
    use super::super::base_path::tests::{API, CUSTOM};
    use super::*;

    #[test]
    fn a_rest_api_delivers_no_stage() {
        for path in ["/users/7", "/api/users", "/"] {
            let located = Located { path, stage: "api", domain: API, ..Located::default() };
            assert_eq!(own_path(&located), path);
        }
    }

    #[test]
    fn the_base_path_of_a_custom_domain_is_taken_off() {
        let cases = [
            ("/shop/users/7", "/users/{id}", None, "/users/7"),
            ("/v1/shop/users/7", "/users/{id}", None, "/users/7"),
            ("/users/7", "/users/{id}", None, "/users/7"),
            ("/shop", "/", None, ""),
            ("/shop/a/b", "/{proxy+}", Some("a/b".into()), "/a/b"),
            ("/shop/a%2Fb", "/{proxy+}", Some("a/b".into()), "/a%2Fb"),
            ("/shop/%C3%A9/b%25", "/{proxy+}", Some("é/b%".into()), "/%C3%A9/b%25"),
            ("/shop/files/a/b", "/files/{rest+}", Some("a/b".into()), "/files/a/b"),
            ("/shop/files/a/b/", "/files/{rest+}", Some("a/b".into()), "/files/a/b/"),
            ("/shop/files/a/b", "/other/{rest+}", Some("a/b".into()), "/shop/files/a/b"),
            ("/shop/ca/b", "/{proxy+}", Some("a/b".into()), "/shop/ca/b"),
            ("/shop/a/b", "/{proxy+}", None, "/shop/a/b"),
            ("/shop/orders/7", "/users/{id}", None, "/shop/orders/7"),
            ("/shop//7", "/users/{id}", None, "/shop//7"),
        ];
        for (path, template, rest, own) in cases {
            let context_path = Some(path);
            let located =
                Located { path, context_path, stage: "api", domain: CUSTOM, template: Some(template), rest };
            assert_eq!(own_path(&located), own, "{path} by {template}");
        }
    }
}
