//! Requests and responses as JSON: events in, answers out.

mod answer;
mod build;
mod fast;
mod from_http;
mod outgoing;
mod read_back;
mod rewrite;
mod schema;
mod text;

pub(super) use answer::{Answer, Cookies, Headers, MultiHeaders};
pub(super) use build::decode;
pub(crate) use fast::ScannedRequest;
pub(crate) use from_http::url_request;
pub(crate) use outgoing::{OutgoingResponse, ResponseFormat, encode_websocket};
pub(crate) use read_back::read_response;
pub(super) use schema::{Document, Multi, Single, member};
pub(super) use text::{JsonText, Text};
