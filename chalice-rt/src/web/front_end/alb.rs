//! An application load balancer. With multi-value headers it sends and takes lists of values. It passes the query on
//! percent-encoded.

use http::{HeaderMap, StatusCode};

use super::{FrontEnd, QueryForm};
use crate::web::wire::{Answer, Headers, MultiHeaders};

pub(super) static ALB: FrontEnd = FrontEnd {
    name: "load balancer",
    wrote: |event| event.context.elb,
    own_path: |located| located.path,
    encodes_path: true,
    query: QueryForm::Encoded,
    lists_cookies: false,
    forwards_client: true,
    asks_accept: false,
    write_head: |status, headers, answer| {
        answer.status_description = Some(description(status));
        answer.headers = Some(Headers::Spelled(headers));
    },
};

pub(super) static ALB_MULTI: FrontEnd = FrontEnd {
    name: "load balancer with multi-value headers",
    wrote: |event| event.context.elb && event.multi_value_headers.is_some(),
    own_path: |located| located.path,
    encodes_path: true,
    query: QueryForm::Encoded,
    lists_cookies: false,
    forwards_client: true,
    asks_accept: false,
    write_head: write_multi_head,
};

fn write_multi_head<'a>(status: StatusCode, headers: &'a HeaderMap, answer: &mut Answer<'a>) {
    answer.status_description = Some(description(status));
    answer.multi_value_headers = Some(MultiHeaders::All(headers));
}

fn description(status: StatusCode) -> String {
    format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or("Unknown"))
}
