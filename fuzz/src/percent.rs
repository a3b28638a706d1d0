//! Percent-encoding, compared with the crate that encodes.

#[allow(dead_code, reason = "the runtime uses it, not only this")]
#[path = "../../chalice-rt/src/web/percent.rs"]
mod percent;

use percent::decode_percent;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Encoded text decodes to the original, and any input decodes as by the crate.
pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let encoded = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
    assert_eq!(decode_percent(&encoded).as_deref(), Some(&*text), "there and back");
    if let Some(decoded) = decode_percent(&text) {
        assert_eq!(percent_decode_str(&text).decode_utf8().ok(), Some(decoded), "{text:?}");
    }
}
