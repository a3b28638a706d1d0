//! Percent-decoding.

use std::borrow::Cow;

/// The message for a path that cannot be decoded.
pub(super) const BAD_PATH: &str = "the path is not percent-encoded UTF-8";

/// Decodes percent-encoding. `None` if it is malformed or the result is not UTF-8.
pub(crate) fn decode_percent(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let whole = text.split('%').skip(1).all(|rest| rest.get(..2).is_some_and(is_hex));
    if whole { percent_encoding::percent_decode_str(text).decode_utf8().ok() } else { None }
}

fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_undone_or_refused() {
        assert_eq!(decode_percent("a%20b%2Fc+d"), Some("a b/c+d".into()));
        for malformed in ["%", "%2", "%zz", "%ff", "%é1", "a%2"] {
            assert_eq!(decode_percent(malformed), None, "{malformed}");
        }
    }
}
