//! The address of the Runtime API: `AWS_LAMBDA_RUNTIME_API`.

use bytes::Bytes;
use http::HeaderValue;
use http::uri::{Authority, PathAndQuery, Uri};

/// The address of the Runtime API: `host:port`, or as cargo-lambda's emulator writes it, `http://host:port/path`.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    authority: Authority,
    host: HeaderValue,
    base: String,
}

impl Address {
    /// The address in the environment. `None` off Lambda.
    ///
    /// # Errors
    /// The variable is set but not an address.
    pub(crate) fn from_environment() -> Option<Result<Self, String>> {
        let text = std::env::var("AWS_LAMBDA_RUNTIME_API").ok().filter(|text| !text.is_empty())?;
        Some(Address::parse(&text).ok_or_else(|| {
            format!("AWS_LAMBDA_RUNTIME_API is `{}`; expected host:port", text.escape_debug())
        }))
    }

    fn parse(text: &str) -> Option<Self> {
        let plain = text.strip_prefix("http://").unwrap_or(text);
        let (authority, path) = plain.find('/').map_or((plain, ""), |at| plain.split_at(at));
        let authority: Authority = authority.parse().ok()?;
        // `http` ignores an invalid port, so its presence is checked here.
        let has_port = authority.as_str().len() > authority.host().len();
        if has_port && authority.port_u16().is_none() {
            return None;
        }
        let host = HeaderValue::from_str(authority.as_str()).ok()?;
        Some(Address { authority, host, base: path.trim_end_matches('/').to_owned() })
    }

    /// The host and port to connect to.
    pub(super) fn socket(&self) -> (&str, u16) {
        let host = self.authority.host().trim_start_matches('[').trim_end_matches(']');
        (host, self.authority.port_u16().unwrap_or(80))
    }

    /// The value of the `Host` header.
    pub(super) fn host(&self) -> HeaderValue {
        self.host.clone()
    }

    /// The target of a request for this path of an API.
    pub(super) fn uri(&self, api: &str, path: &str) -> Result<Uri, http::Error> {
        let target = [&self.base, api, path].concat();
        // Without scheme and host the target is a path.
        Ok(Uri::from(PathAndQuery::from_maybe_shared(Bytes::from(target))?))
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_that_of_lambda_or_of_an_emulator() {
        let uri = |text: &str| {
            let address = Address::parse(text).expect(text);
            format!("{:?} {}", address.socket(), address.uri("/", "next").expect(text))
        };
        assert_eq!(uri("127.0.0.1:9001"), r#"("127.0.0.1", 9001) /next"#);
        assert_eq!(uri("http://[::1]:9000/.rt/"), r#"("::1", 9000) /.rt/next"#);
        assert_eq!(uri("localhost"), r#"("localhost", 80) /next"#);
        for text in ["not an address", "host:99999", "host:", "host:http", "user@host"] {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }
}
