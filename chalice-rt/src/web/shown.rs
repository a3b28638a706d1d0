//! Headers as `Debug` shows them: without the secrets.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::secrets::is_secret;

/// Headers whose secret values are hidden.
pub(super) struct Redacted<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(shown)).finish()
    }
}

fn shown<'a>((name, value): (&'a HeaderName, &'a HeaderValue)) -> (&'a HeaderName, Shown<'a>) {
    let secret = value.is_sensitive() || is_secret(name.as_str());
    (name, if secret { Shown::Hidden } else { Shown::Value(value) })
}

enum Shown<'a> {
    Hidden,
    Value(&'a HeaderValue),
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Hidden => f.write_str("<hidden>"),
            Shown::Value(value) => fmt::Debug::fmt(value, f),
        }
    }
}
