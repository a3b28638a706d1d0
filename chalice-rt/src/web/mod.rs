//! HTTP requests and responses, for every front end.

mod front_end;
mod hop_by_hop;
mod http_types;
mod media_type;
mod pairs;
mod percent;
mod request;
mod response;
mod shown;
#[cfg(test)]
mod tests;
mod wire;

pub(crate) use front_end::{HttpMarkers, Via};
pub(crate) use media_type::{is_one_of, takes_all};
pub(crate) use percent::decode_percent;
pub use request::{CookieJar, Cookies, PathParams, QueryParams, Request};
pub(crate) use request::{Fallback, Params, Refusal};
pub use response::{Body, IntoBody, IntoResponse, IntoStatus, Response};
pub(crate) use wire::{
    OutgoingResponse, ResponseFormat, ScannedRequest, encode_websocket, read_response, url_request,
};
