//! The front ends, which turn HTTP requests into events and answers into responses. Each has a file.
//!
//! To add one: write its file, and name it in [`ALL`].

mod alb;
mod base_path;
mod emulator;
mod function_url;
mod http_v1;
mod http_v2;
mod rest;

use std::fmt;

use http::{HeaderMap, StatusCode};

pub(super) use base_path::Located;

use super::wire::{Answer, Document};

/// A front end: the format of its events and of its answers.
pub(crate) struct FrontEnd {
    name: &'static str,
    /// Whether an event comes from this front end.
    wrote: fn(&Document<'_>) -> bool,
    /// The app's own path: without a stage, and without the base path of a custom domain.
    pub(super) own_path: for<'a> fn(&Located<'a>) -> &'a str,
    /// Whether the path arrives percent-encoded.
    pub(super) encodes_path: bool,
    pub(super) query: QueryForm,
    /// Whether events and answers list cookies separately.
    pub(super) lists_cookies: bool,
    /// Whether the client's address is the last entry of `X-Forwarded-For`.
    pub(super) forwards_client: bool,
    /// Whether it sends binary bodies only if `Accept` names their type.
    pub(super) asks_accept: bool,
    /// Writes the status and the headers of an answer.
    pub(super) write_head: for<'a> fn(StatusCode, &'a HeaderMap, &mut Answer<'a>),
}

/// The form of the query in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QueryForm {
    /// A string, as in the URL.
    Url,
    /// Objects with decoded names and values.
    Decoded,
    /// Objects with percent-encoded names and values.
    Encoded,
}

/// All front ends. The order matters, since some have the marker keys of others. The last one takes the rest.
const ALL: [&FrontEnd; 7] = [
    &alb::ALB_MULTI,
    &alb::ALB,
    &function_url::FUNCTION_URL,
    &emulator::EMULATOR,
    &http_v2::HTTP_V2,
    &http_v1::HTTP_V1,
    &rest::REST,
];

impl FrontEnd {
    /// Finds the front end of an event.
    pub(super) fn of(event: &Document<'_>) -> &'static FrontEnd {
        ALL.into_iter().find(|front_end| (front_end.wrote)(event)).unwrap_or(&rest::REST)
    }
}

#[cfg(test)]
impl FrontEnd {
    /// A function URL that panics when it writes a header `x-broken`.
    pub(super) const BROKEN: FrontEnd = FrontEnd {
        write_head: |status, headers, answer| {
            assert!(!headers.contains_key("x-broken"), "broken");
            (function_url::FUNCTION_URL.write_head)(status, headers, answer);
        },
        ..function_url::FUNCTION_URL
    };
}

impl fmt::Debug for FrontEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The marker keys of HTTP requests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HttpMarkers {
    /// `httpMethod`, a string.
    pub(crate) method: bool,
    /// `path`, a string.
    pub(crate) path: bool,
    /// `requestContext.http`.
    pub(crate) http: bool,
    /// `requestContext.elb`.
    pub(crate) elb: bool,
    /// `requestContext.connectionId`: the event of a WebSocket.
    pub(crate) connection: bool,
}

/// The front end of an HTTP request, as far as the marker keys determine it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// A REST API, or an HTTP API with format 1.0: `httpMethod`.
    Rest,
    /// An HTTP API with format 2.0, or a function URL: `requestContext.http`.
    HttpApi,
    /// A load balancer: `requestContext.elb`.
    LoadBalancer,
}

impl HttpMarkers {
    /// The front end. `None` if the event is not an HTTP request.
    pub(crate) fn via(self) -> Option<Via> {
        match self {
            HttpMarkers { connection: true, .. } => None,
            HttpMarkers { elb: true, .. } => Some(Via::LoadBalancer),
            HttpMarkers { http: true, .. } => Some(Via::HttpApi),
            HttpMarkers { method: true, path: true, .. } => Some(Via::Rest),
            _ => None,
        }
    }
}
