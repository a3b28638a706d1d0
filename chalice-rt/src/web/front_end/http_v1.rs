//! API Gateway, HTTP API with payload 1.0. It delivers the path decoded, with the stage first.

use super::rest::write_head;
use super::{FrontEnd, QueryForm};

pub(super) static HTTP_V1: FrontEnd = FrontEnd {
    name: "HTTP API, payload 1.0",
    wrote: |event| event.version() == "1.0",
    own_path: |located| located.without_stage(),
    encodes_path: false,
    query: QueryForm::Decoded,
    lists_cookies: false,
    forwards_client: false,
    asks_accept: false,
    write_head,
};
