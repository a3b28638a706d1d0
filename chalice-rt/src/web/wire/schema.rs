//! The members of HTTP events, borrowed from the JSON. It is one schema for all front ends. A `null` member counts as
//! absent.

use std::borrow::Cow;

use crate::web::front_end::HttpMarkers;

/// Names and values. A name is repeated for each value.
pub(in crate::web) type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The members of an HTTP event.
#[derive(Debug, Default)]
pub(in crate::web) struct Document<'a> {
    pub(in crate::web) version: Option<Cow<'a, str>>,
    pub(in crate::web) resource: Option<Cow<'a, str>>,
    pub(in crate::web) route_key: Option<Cow<'a, str>>,
    pub(in crate::web) path: Option<Cow<'a, str>>,
    pub(in crate::web) raw_path: Option<Cow<'a, str>>,
    pub(in crate::web) http_method: Option<Cow<'a, str>>,
    pub(in crate::web) headers: Option<Pairs<'a>>,
    pub(in crate::web) multi_value_headers: Option<Pairs<'a>>,
    pub(in crate::web) query_string_parameters: Option<&'a str>,
    pub(in crate::web) multi_value_query_string_parameters: Option<&'a str>,
    pub(in crate::web) raw_query_string: Option<Cow<'a, str>>,
    pub(in crate::web) path_parameters: Option<&'a str>,
    pub(in crate::web) cookies: Option<Vec<Cow<'a, str>>>,
    pub(in crate::web) context: RequestContext<'a>,
    pub(in crate::web) body: Option<Cow<'a, str>>,
    pub(in crate::web) is_base64_encoded: Option<bool>,
    /// Whether it has marker keys of other kinds.
    pub(in crate::web) of_other_kinds: bool,
}

impl Document<'_> {
    pub(in crate::web) fn version(&self) -> &str {
        self.version.as_deref().unwrap_or_default()
    }

    pub(in crate::web) fn domain(&self) -> Option<&str> {
        self.context.domain_name.as_deref()
    }

    /// The marker keys of the document.
    pub(super) fn markers(&self) -> HttpMarkers {
        HttpMarkers {
            method: self.http_method.is_some(),
            path: self.path.is_some(),
            http: self.context.http.is_some(),
            elb: self.context.elb,
            connection: self.context.connection_id,
        }
    }
}

/// The part of `requestContext` that every request needs.
#[derive(Debug, Default)]
pub(in crate::web) struct RequestContext<'a> {
    pub(in crate::web) stage: Option<Cow<'a, str>>,
    pub(in crate::web) path: Option<Cow<'a, str>>,
    pub(in crate::web) resource_path: Option<Cow<'a, str>>,
    pub(in crate::web) http_method: Option<Cow<'a, str>>,
    pub(in crate::web) domain_name: Option<Cow<'a, str>>,
    pub(in crate::web) api_id: bool,
    pub(in crate::web) elb: bool,
    pub(in crate::web) connection_id: bool,
    pub(in crate::web) http: Option<HttpContext<'a>>,
    pub(in crate::web) identity: Option<Identity<'a>>,
}

/// `requestContext.http` of format 2.0.
#[derive(Debug, Default)]
pub(in crate::web) struct HttpContext<'a> {
    pub(in crate::web) method: Option<Cow<'a, str>>,
    pub(in crate::web) path: Option<Cow<'a, str>>,
    pub(in crate::web) source_ip: Option<Cow<'a, str>>,
}

/// `requestContext.identity` of format 1.0.
#[derive(Debug, Default)]
pub(in crate::web) struct Identity<'a> {
    pub(in crate::web) source_ip: Option<Cow<'a, str>>,
}
