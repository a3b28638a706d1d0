//! The front ends: who took the HTTP request, made an event of it, and takes the answer. One file for each.
//!
//! To add one: write its file, and name it in [`ALL`].

mod alb;
mod base_path;
mod function_url;
mod http_v1;
mod http_v2;
mod rest;

use std::fmt;

use http::{HeaderMap, StatusCode};

pub(super) use base_path::Located;

use super::wire::{Answer, Document};

/// A front end: how it writes events, and how it takes answers.
pub(crate) struct FrontEnd {
    name: &'static str,
    /// Whether it has written this event.
    wrote: fn(&Document<'_>) -> bool,
    /// The app's own path: without a stage, and without the base path of a custom domain.
    pub(super) own_path: for<'a> fn(&Located<'a>) -> &'a str,
    /// Whether the path arrives percent-encoded.
    pub(super) encodes_path: bool,
    pub(super) query: QueryForm,
    /// Whether events and answers list cookies apart from the headers.
    pub(super) lists_cookies: bool,
    /// Whether the client's address is the last entry of `X-Forwarded-For`, which the front end itself has written.
    pub(super) forwards_client: bool,
    /// Whether it sends bytes only to those whose `Accept` asks for some.
    pub(super) asks_accept: bool,
    /// Writes the status and the headers of an answer.
    pub(super) write_head: for<'a> fn(StatusCode, &'a HeaderMap, &mut Answer<'a>),
}

/// How an event holds its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QueryForm {
    /// As a text, as it stands in the URL.
    Url,
    /// As objects whose names and values are decoded.
    Decoded,
    /// As objects whose names and values are still percent-encoded.
    Encoded,
}

/// All front ends, in an order in which the marker keys cannot mislead; the last one takes what is left.
const ALL: [&FrontEnd; 6] = [
    &alb::ALB_MULTI,
    &alb::ALB,
    &function_url::FUNCTION_URL,
    &http_v2::HTTP_V2,
    &http_v1::HTTP_V1,
    &rest::REST,
];

impl FrontEnd {
    /// The front end that wrote the event.
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

/// The marker keys of an event that tell whether it is an HTTP request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HttpMarkers {
    /// `httpMethod`, a text.
    pub(crate) method: bool,
    /// `path`, a text.
    pub(crate) path: bool,
    /// `requestContext.http`.
    pub(crate) http: bool,
    /// `requestContext.elb`.
    pub(crate) elb: bool,
    /// `requestContext.connectionId`: the event of a WebSocket.
    pub(crate) connection: bool,
}

/// What an HTTP request came through, as far as the marker keys tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// A REST API, or an HTTP API with payload 1.0: `httpMethod`.
    Rest,
    /// An HTTP API with payload 2.0, or a function URL: `requestContext.http`.
    HttpApi,
    /// A load balancer: `requestContext.elb`.
    LoadBalancer,
}

impl HttpMarkers {
    /// What the request came through; nothing if the event is no HTTP request.
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
