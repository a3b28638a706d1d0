//! Requests and responses as JSON: events in, answers out.

mod answer;
mod build;
mod from_http;
mod outgoing;
mod read;
mod read_back;
mod rewrite;
mod schema;
mod text;

pub(super) use answer::{Answer, Cookies, Headers, MultiHeaders};
pub(crate) use from_http::url_request;
pub(crate) use outgoing::{OutgoingResponse, ResponseFormat, encode_websocket};
pub(crate) use read::ScannedRequest;
pub(super) use read::{decode, multi, single};
pub(crate) use read_back::read_response;
pub(super) use schema::{Document, Pairs};
pub(super) use text::Text;
