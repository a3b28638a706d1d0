//! Headers as `Debug` shows them: names, and the values of those few that are harmless.

use std::fmt;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The headers whose values say nothing of those who send them.
const HARMLESS: [HeaderName; 8] =
    [ACCEPT, ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING, VARY];

/// Headers, most of their values as sizes only.
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
