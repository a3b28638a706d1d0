//! Checks the `Host` of requests, so that a web page cannot reach the server through a DNS name that it controls.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use http::Uri;
use http::header::HOST;
use http::uri::Authority;

/// The value of `--allow-host` that allows every name.
pub(crate) const ANY: &str = "*";

/// The names under which the server answers, with any port.
#[derive(Debug)]
pub(super) struct Hosts {
    /// The host that it listens on, and the allowed ones.
    names: Vec<String>,
    /// The server's own address, as in its URL, which most requests name.
    own: Option<String>,
    /// Whether the server listens on every address of the machine, so that each of them is allowed.
    any_address: bool,
    /// Whether every name is allowed.
    any_name: bool,
}

impl Hosts {
    pub(super) fn new(given: &str, allowed: &[String], address: SocketAddr) -> Self {
        let names = std::iter::once(given).chain(allowed.iter().map(String::as_str));
        let hosts = Hosts {
            names: names.map(|name| bare(name).to_owned()).collect(),
            own: None,
            any_address: address.ip().is_unspecified(),
            any_name: allowed.iter().any(|name| name == ANY),
        };
        let own = Some(address.to_string()).filter(|own| hosts.knows(own));
        Hosts { own, ..hosts }
    }

    /// Whether the request's `Host`, and the host of a target in absolute form, are allowed. A request without `Host`
    /// is allowed, because browsers always send one.
    pub(super) fn allow(&self, target: &Uri, headers: &HeaderMap) -> bool {
        if self.any_name {
            return true;
        }
        let mut hosts = headers.get_all(HOST).iter();
        let named = match (hosts.next(), hosts.next()) {
            (None, _) => true,
            (Some(host), None) => {
                host.to_str().is_ok_and(|host| self.own.as_deref() == Some(host) || self.knows(host))
            }
            _ => false,
        };
        named && target.authority().is_none_or(|authority| self.is_ours(authority))
    }

    /// Whether this `Origin` is this machine, or the host of the request.
    pub(super) fn is_own_origin(&self, origin: &str, headers: &HeaderMap) -> bool {
        let Some(authority) = origin.parse::<Uri>().ok().and_then(|origin| origin.into_parts().authority)
        else {
            return false;
        };
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        self.is_ours(&authority) || host.is_some_and(|host| host.eq_ignore_ascii_case(authority.as_str()))
    }

    fn knows(&self, host: &str) -> bool {
        host.parse::<Authority>().is_ok_and(|authority| self.is_ours(&authority))
    }

    fn is_ours(&self, authority: &Authority) -> bool {
        let name = bare(authority.host());
        if authority.as_str().contains('@') {
            return false;
        }
        let known = ["localhost", "127.0.0.1", "::1"];
        known.into_iter().chain(self.names.iter().map(String::as_str)).any(|known| name.eq_ignore_ascii_case(known))
            // Browsers always resolve these names to this machine.
            || name.to_ascii_lowercase().ends_with(".localhost")
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

    fn hosts(given: &str, allowed: &[&str], address: &str) -> Hosts {
        let allowed: Vec<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        Hosts::new(given, &allowed, SocketAddr::new(address.parse().expect(address), 8000))
    }

    fn allows(hosts: &Hosts, host: &'static str) -> bool {
        hosts.allow(&Uri::from_static("/"), &HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]))
    }

    #[test]
    fn only_the_names_of_this_machine_are_answered() {
        let hosts = hosts("127.0.0.1", &[], "127.0.0.1");
        for host in ["localhost:8000", "127.0.0.1", "[::1]:9", "LOCALHOST", "shop.localhost:8000"] {
            assert!(allows(&hosts, host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:8000",
            "evillocalhost",
            "10.0.0.7:8000",
            "127.0.0.1@evil.example",
            "evil.example@127.0.0.1",
            "",
        ] {
            assert!(!allows(&hosts, host), "{host}");
        }
    }

    #[test]
    fn a_target_in_absolute_form_is_checked_as_the_host_is() {
        let hosts = hosts("127.0.0.1", &[], "127.0.0.1");
        let ours = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost"))]);
        assert!(hosts.allow(&Uri::from_static("http://localhost:8000/x"), &ours));
        for headers in [ours, HeaderMap::new()] {
            assert!(!hosts.allow(&Uri::from_static("http://evil.example/x"), &headers), "{headers:?}");
        }
    }

    #[test]
    fn a_host_that_was_asked_for_is_answered() {
        let given = hosts("box.local", &[], "10.0.0.7");
        assert!(allows(&given, "box.local:8000") && !allows(&given, "10.0.0.7:8000"));
        let every_address = hosts("0.0.0.0", &["app", "db"], "0.0.0.0");
        for host in ["10.0.0.7:8000", "app:8000", "DB"] {
            assert!(allows(&every_address, host), "{host}");
        }
        assert!(!allows(&every_address, "evil.example"));
        assert!(allows(&hosts("0.0.0.0", &[ANY], "0.0.0.0"), "evil.example"));
    }

    #[test]
    fn an_origin_is_of_this_machine_or_of_the_host_that_was_called() {
        let hosts = hosts("0.0.0.0", &[ANY], "0.0.0.0");
        let called = HeaderMap::from_iter([(HOST, HeaderValue::from_static("app.example:8000"))]);
        for (origin, own) in [
            ("http://localhost:5173", true),
            ("http://app.example:8000", true),
            ("https://evil.example", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(hosts.is_own_origin(origin, &called), own, "{origin}");
        }
    }
}
