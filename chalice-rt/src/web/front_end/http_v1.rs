//! An HTTP API of API Gateway, format 1.0. The path is decoded and begins with the stage.

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
