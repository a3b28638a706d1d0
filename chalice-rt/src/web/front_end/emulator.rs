//! An emulator on a laptop that writes events of an HTTP API with payload 2.0, such as that of cargo-lambda: without an API's
//! id, or with the name of this machine as the domain. Unlike an HTTP API it leaves the path encoded.

use std::net::IpAddr;

use super::http_v2::{is_payload_2, write_head};
use super::{FrontEnd, QueryForm};

pub(super) static EMULATOR: FrontEnd = FrontEnd {
    name: "emulator",
    wrote: |event| {
        is_payload_2(event) && (!event.context.api_id || event.domain().is_some_and(is_this_machine))
    },
    own_path: |located| located.without_stage(),
    encodes_path: true,
    query: QueryForm::Url,
    lists_cookies: true,
    forwards_client: false,
    asks_accept: false,
    write_head,
};

/// Whether a domain, with or without a port, is a loopback name or address.
fn is_this_machine(domain: &str) -> bool {
    let (name, port) = domain.rsplit_once(':').unwrap_or((domain, ""));
    let host =
        if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') { name } else { domain };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_loopback_names_and_addresses() {
        for domain in
            ["localhost", "localhost:9000", "app.localhost", "127.0.0.1", "127.1.2.3:80", "[::1]:9000", "::1"]
        {
            assert!(is_this_machine(domain), "{domain}");
        }
        for domain in ["api.example.com", "localhost.example.com", "10.0.0.1", "[2001:db8::1]:80", ""] {
            assert!(!is_this_machine(domain), "{domain}");
        }
    }
}
