//! Headers in `Debug`: names, and the values of a few harmless ones.

use std::fmt;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The headers whose values reveal nothing about the sender.
const HARMLESS: [HeaderName; 8] =
    [ACCEPT, ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING, VARY];

/// Shows headers, most of them with the size of their value only.
pub(super) struct Shown<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(name, value)| (name, ShownValue(name, value)))).finish()
    }
}

struct ShownValue<'a>(&'a HeaderName, &'a HeaderValue);

impl fmt::Debug for ShownValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ShownValue(name, value) = self;
        if HARMLESS.contains(name) && !value.is_sensitive() {
            return value.fmt(f);
        }
        write!(f, "<{} bytes>", value.len())
    }
}
