//! Requests and responses over HTTP, whatever front end delivers them.

mod answer;
mod body;
mod content_type;
mod convert;
mod cookies;
mod decode;
mod document;
mod encode;
mod event;
mod fields;
mod form;
mod front_end;
mod into_response;
mod pairs_error;
mod params;
mod path;
mod query;
mod redact;
mod request;
mod response;
mod scanned;
mod stream;
#[cfg(test)]
mod tests;
mod text;
mod url_event;
mod values;
mod wrapped;

pub use body::{Body, IntoBody};
pub(crate) use content_type::content_type_matches;
pub use cookies::{CookieJar, Cookies};
pub(crate) use encode::{Leaving, ReplyForm, encode_websocket};
pub(crate) use form::from_pairs;
pub use into_response::IntoResponse;
pub(crate) use params::Params;
pub use params::PathParams;
pub(crate) use path::decode_percent;
pub use query::QueryParams;
pub use request::Request;
pub use response::{IntoStatus, Response};
pub(crate) use scanned::Scanned;
pub(crate) use url_event::url_request;
pub(crate) use wrapped::read_response;
