//! The JSON of an HTTP event, as any front end writes it, borrowed. Members that are `null` count as absent.

use std::borrow::Cow;

use crate::web::front_end::HttpMarkers;

/// Names and values; a name is there as often as it has values.
pub(in crate::web) type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The members of an event that say what was asked for.
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
    /// Whether there are marker keys of events that are no requests.
    pub(in crate::web) of_other_kinds: bool,
}

impl Document<'_> {
    pub(in crate::web) fn version(&self) -> &str {
        self.version.as_deref().unwrap_or_default()
    }

    pub(in crate::web) fn domain(&self) -> Option<&str> {
        self.context.domain_name.as_deref()
    }

    /// The marker keys that it has.
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
    pub(in crate::web) elb: bool,
    pub(in crate::web) connection_id: bool,
    pub(in crate::web) http: Option<HttpContext<'a>>,
    pub(in crate::web) identity: Option<Identity<'a>>,
}

/// `requestContext.http` of payload 2.0.
#[derive(Debug, Default)]
pub(in crate::web) struct HttpContext<'a> {
    pub(in crate::web) method: Option<Cow<'a, str>>,
    pub(in crate::web) path: Option<Cow<'a, str>>,
    pub(in crate::web) source_ip: Option<Cow<'a, str>>,
}

/// `requestContext.identity` of payload 1.0.
#[derive(Debug, Default)]
pub(in crate::web) struct Identity<'a> {
    pub(in crate::web) source_ip: Option<Cow<'a, str>>,
}
