//! The names of headers and members that hold credentials. Logs and `Debug` share this list.

/// Names of headers, and of members of events that repeat such headers, in lower case.
pub(crate) const SECRETS: [&str; 22] = [
    "authorization",
    "authorizationtoken",
    "cookie",
    "cookies",
    "csrf-token",
    "csrftoken",
    "identitysource",
    "location",
    "proxy-authorization",
    "referer",
    "set-cookie",
    "x-amz-security-token",
    "x-amzn-oidc-accesstoken",
    "x-amzn-oidc-data",
    "x-api-key",
    "x-auth-token",
    "x-csrf-token",
    "x-csrftoken",
    "x-hub-signature",
    "x-hub-signature-256",
    "x-xsrf-token",
    "xsrf-token",
];

/// Whether the value of this name is a credential. The name must be in lower case.
pub(crate) fn is_secret(name: &str) -> bool {
    SECRETS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_known_by_their_names() {
        assert!(SECRETS.iter().all(|name| is_secret(name)), "the list is in order");
        assert!(!is_secret("accept"));
    }
}
