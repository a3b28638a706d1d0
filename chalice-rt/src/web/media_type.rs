//! Whether a content type is among those that are asked for.

/// The types whose bodies travel as base64 unless the app names others, as in Chalice.
pub(crate) const DEFAULT_BINARY_TYPES: [&str; 16] = [
    "application/octet-stream",
    "application/x-tar",
    "application/zip",
    "audio/basic",
    "audio/ogg",
    "audio/mp4",
    "audio/mpeg",
    "audio/wav",
    "audio/webm",
    "image/png",
    "image/jpg",
    "image/jpeg",
    "image/gif",
    "video/ogg",
    "video/mpeg",
    "video/webm",
];

/// Whether a request's content type is one of those that a route takes. None at all counts as JSON; an empty list
/// takes everything.
pub(crate) fn content_type_matches(header: Option<&str>, allowed: &[impl AsRef<str>]) -> bool {
    allowed.is_empty() || is_one_of(header.unwrap_or("application/json"), allowed)
}

/// Whether a header, be it `Content-Type` or `Accept`, has one of the types in it. No weights, and `*/*` is the only
/// wildcard.
pub(super) fn is_one_of(header: &str, types: &[impl AsRef<str>]) -> bool {
    has_wildcard(header)
        || types.iter().any(|wanted| wanted.as_ref() == "*/*")
        || header.split([',', ';']).map(str::trim).any(|piece| has(types, piece))
}

/// Most headers have no star, and one letter is found much sooner than three.
fn has_wildcard(header: &str) -> bool {
    header.as_bytes().contains(&b'*') && header.contains("*/*")
}

fn has(types: &[impl AsRef<str>], piece: &str) -> bool {
    types.iter().any(|wanted| wanted.as_ref().eq_ignore_ascii_case(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching_is_that_of_chalice() {
        let json = ["application/json"];
        for taken in
            ["application/json;charset=utf-8", "text/plain, application/json", "APPLICATION/JSON", "*/*"]
        {
            assert!(content_type_matches(Some(taken), &json), "{taken}");
        }
        for refused in ["", "application/jsonx", "text/xml", "application/*"] {
            assert!(!content_type_matches(Some(refused), &json), "{refused}");
        }
    }

    #[test]
    fn no_content_type_counts_as_json() {
        assert!(content_type_matches(None, &["application/json"]));
        assert!(!content_type_matches(None, &["text/plain"]));
        assert!(content_type_matches(None, &["*/*"]));
        assert!(content_type_matches(Some("application/x-odd"), &[""; 0]));
    }
}
