//! A Lambda function URL: format 2.0 with an encoded path and without a stage. The local server writes it, too.

use super::http_v2::{is_payload_2, write_head};
use super::{FrontEnd, QueryForm};

pub(super) static FUNCTION_URL: FrontEnd = FrontEnd {
    name: "function URL",
    wrote: |event| is_payload_2(event) && event.domain().is_some_and(|name| name.contains(".lambda-url.")),
    own_path: |located| located.path,
    encodes_path: true,
    query: QueryForm::Url,
    lists_cookies: true,
    forwards_client: false,
    asks_accept: false,
    write_head,
};
