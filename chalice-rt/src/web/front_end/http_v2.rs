//! An HTTP API of API Gateway, format 2.0. The path is decoded and begins with the stage.

use http::{HeaderMap, StatusCode};

use super::{FrontEnd, QueryForm};
use crate::web::wire::{Answer, Cookies, Document, Headers};

pub(super) static HTTP_V2: FrontEnd = FrontEnd {
    name: "HTTP API, payload 2.0",
    wrote: is_payload_2,
    own_path: |located| located.without_stage(),
    encodes_path: false,
    query: QueryForm::Url,
    lists_cookies: true,
    forwards_client: false,
    asks_accept: false,
    write_head,
};

pub(super) fn is_payload_2(event: &Document<'_>) -> bool {
    event.context.http.is_some() || event.version() == "2.0"
}

/// Cookies in a list, everything else in one object.
pub(super) fn write_head<'a>(_: StatusCode, headers: &'a HeaderMap, answer: &mut Answer<'a>) {
    answer.headers = Some(Headers::Joined(headers));
    answer.cookies = Some(Cookies(headers));
}
