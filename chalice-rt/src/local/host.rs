//! Which `Host` a request may name: a page on the web must not reach the server through a name that it controls.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use http::header::HOST;
use http::uri::Authority;

/// The names under which the server answers, with any port.
#[derive(Debug)]
pub(super) struct Hosts {
    given: String,
    /// The server's own address, as its URL names it, if it answers to it: what most requests say.
    own: Option<String>,
    /// The server was bound to every address of the machine, so each of them is a name of it.
    any_address: bool,
}

impl Hosts {
    pub(super) fn new(given: &str, address: SocketAddr) -> Self {
        let any_address = address.ip().is_unspecified();
        let hosts = Hosts { given: bare(given).to_owned(), own: None, any_address };
        let own = Some(address.to_string()).filter(|own| hosts.knows(own));
        Hosts { own, ..hosts }
    }

    /// Whether the request may be answered. One without `Host` comes from no browser.
    pub(super) fn allow(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        match (hosts.next(), hosts.next()) {
            (None, _) => true,
            (Some(host), None) => {
                host.to_str().is_ok_and(|host| self.own.as_deref() == Some(host) || self.knows(host))
            }
            _ => false,
        }
    }

    fn knows(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let name = bare(authority.host());
        ["localhost", "127.0.0.1", "::1", &self.given].iter().any(|known| name.eq_ignore_ascii_case(known))
            || (self.any_address && name.parse::<IpAddr>().is_ok())
    }
}

fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn allows(given: &str, address: &str, host: &'static str) -> bool {
        let hosts = Hosts::new(given, SocketAddr::new(address.parse().expect(address), 8000));
        hosts.allow(&HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]))
    }

    #[test]
    fn only_the_names_of_this_machine_are_answered() {
        for host in ["localhost:8000", "127.0.0.1", "[::1]:9", "LOCALHOST"] {
            assert!(allows("127.0.0.1", "127.0.0.1", host), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example:8000", "10.0.0.7:8000", "127.0.0.1@evil.example", ""]
        {
            assert!(!allows("127.0.0.1", "127.0.0.1", host), "{host}");
        }
    }

    #[test]
    fn a_host_that_was_asked_for_is_answered() {
        assert!(allows("laptop.local", "10.0.0.7", "laptop.local:8000"));
        assert!(allows("0.0.0.0", "0.0.0.0", "10.0.0.7:8000"));
        assert!(!allows("0.0.0.0", "0.0.0.0", "evil.example"));
        assert!(!allows("laptop.local", "10.0.0.7", "10.0.0.7:8000"));
    }
}
