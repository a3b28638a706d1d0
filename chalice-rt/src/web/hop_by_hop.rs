//! Hop-by-hop headers (RFC 9110, 7.6.1). A handler that proxies another server's response may have some. They never
//! leave, because the front end frames the response itself.

use http::header::{CONNECTION, CONTENT_LENGTH};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Drops hop-by-hop headers, those named by `Connection`, and `Content-Length`.
pub(super) fn drop_connection_headers(headers: &mut HeaderMap) {
    if !headers.keys().any(is_of_connection) {
        return;
    }
    let named: Vec<HeaderName> = headers.get_all(CONNECTION).iter().flat_map(names).collect();
    let dropped: Vec<HeaderName> = headers.keys().filter(|name| is_of_connection(name)).cloned().collect();
    for name in named.iter().chain(&dropped) {
        headers.remove(name);
    }
}

fn is_of_connection(name: &HeaderName) -> bool {
    *name == CONTENT_LENGTH
        || matches!(
            name.as_str(),
            "connection"
                | "keep-alive"
                | "proxy-connection"
                | "te"
                | "trailer"
                | "transfer-encoding"
                | "upgrade"
        )
}

/// The names listed in a value of `Connection`. Options such as `close` are no headers, so dropping them has no effect.
fn names(value: &HeaderValue) -> impl Iterator<Item = HeaderName> {
    let listed = value.as_bytes().split(|byte| *byte == b',');
    listed.filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_and_those_that_it_names_are_dropped() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Hop"),
            ("connection", "x-other,, b\u{e9}"),
            ("content-length", "7"),
            ("transfer-encoding", "chunked"),
            ("keep-alive", "timeout=5"),
            ("proxy-connection", "close"),
            ("te", "trailers"),
            ("trailer", "x-sum"),
            ("upgrade", "websocket"),
            ("x-hop", "1"),
            ("x-other", "2"),
            ("x-stays", "3"),
        ] {
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        }
        drop_connection_headers(&mut headers);
        assert_eq!(headers.keys().collect::<Vec<_>>(), ["x-stays"]);
    }
}
