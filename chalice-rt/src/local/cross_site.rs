//! Refuses requests of other sites' pages that may change something.

use http::Method;
use http::header::{HeaderName, ORIGIN};
use http::request::Parts;

use super::host::Hosts;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a page of another site has sent the request, and the request may change something.
///
/// Browsers send such a request with the user's cookies, and without a preflight if it looks like a form. Other
/// programs send neither header.
pub(super) fn may_change_something(request: &Parts, hosts: &Hosts) -> bool {
    let is_safe = matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS);
    !is_safe && is_from_another_site(request, hosts)
}

fn is_from_another_site(request: &Parts, hosts: &Hosts) -> bool {
    let headers = &request.headers;
    let says_so =
        headers.get(FETCH_SITE).is_some_and(|site| site.as_bytes().eq_ignore_ascii_case(b"cross-site"));
    let is_own =
        |origin: &http::HeaderValue| origin.to_str().is_ok_and(|origin| hosts.is_own_origin(origin, headers));
    says_so || !headers.get_all(ORIGIN).iter().all(is_own)
}
