//! Media types (RFC 9110). Type and subtype are compared, parameters are not (8.3). `Accept` has ranges with weights
//! (12.5.1).

use mediatype::{MediaType, MediaTypeList, ReadParams};

/// The default of `binary_types`, as in Chalice: types whose bodies are sent in base64.
pub(super) const DEFAULT_BINARY_TYPES: [&str; 16] = [
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

/// Whether these types take everything.
pub(crate) fn takes_all(types: &[impl AsRef<str>]) -> bool {
    types.is_empty() || types.iter().any(|wanted| wanted.as_ref() == "*/*")
}

/// Whether a `Content-Type` is one of these types. `application/json` takes everything whose suffix is `+json`, and
/// `image/*` every image. An invalid media type, such as a list, matches none.
pub(crate) fn is_one_of(content_type: &str, types: &[impl AsRef<str>]) -> bool {
    // An exact match needs no parser.
    if types.iter().any(|wanted| wanted.as_ref().eq_ignore_ascii_case(content_type)) {
        return true;
    }
    // An empty parameter at the end is allowed.
    let content_type = content_type.trim_end_matches([';', ' ', '\t']);
    let Ok(given) = MediaType::parse(content_type) else { return false };
    let is_json = given.suffix.is_some_and(|suffix| suffix == "json");
    let given = essence(content_type);
    types.iter().map(|wanted| essence(wanted.as_ref())).any(|wanted| {
        precision(wanted, given).is_some() || (is_json && wanted.eq_ignore_ascii_case("application/json"))
    })
}

/// Whether a `Content-Type` of a response is one of these types or ranges.
pub(super) fn is_named(content_type: &str, types: &[impl AsRef<str>]) -> bool {
    let given = essence(content_type);
    types.iter().map(AsRef::as_ref).any(|wanted| match wanted.strip_suffix("/*") {
        Some("*") => true,
        Some(_) => precision(wanted, given).is_some(),
        None => wanted.eq_ignore_ascii_case(given),
    })
}

/// Whether an `Accept` includes one of these types.
pub(super) fn accepts_one_of(accept: &str, types: &[impl AsRef<str>]) -> bool {
    types.iter().map(AsRef::as_ref).any(|wanted| wanted == "*/*" || accepts(accept, wanted) == Some(true))
}

/// Whether an `Accept` includes this type: the most specific matching range has a weight above 0. `None` if no range
/// matches.
pub(super) fn accepts(accept: &str, media_type: &str) -> Option<bool> {
    let media_type = essence(media_type);
    let ranges = MediaTypeList::new(accept).filter_map(Result::ok);
    let fitting = ranges.filter_map(|range| {
        let is_refused = range.get_param(Q).is_some_and(|weight| is_zero(&weight.unquoted_str()));
        Some((precision(&range.essence().to_string(), media_type)?, !is_refused))
    });
    fitting.max_by_key(|(precision, _)| *precision).map(|(_, taken)| taken)
}

/// Whether a weight is `0` or `0.000`. Parsing it as a number would link the tables of `f32`.
fn is_zero(weight: &str) -> bool {
    weight.starts_with('0') && weight.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

const Q: mediatype::Name<'_> = mediatype::Name::new_unchecked("q");

/// Type and subtype, without parameters.
fn essence(media_type: &str) -> &str {
    media_type.split_once(';').map_or(media_type, |(essence, _)| essence).trim()
}

/// How specific a matching range is, such as `image/*`. `None` if it does not match.
fn precision(range: &str, media_type: &str) -> Option<u8> {
    if range.eq_ignore_ascii_case(media_type) {
        return Some(2);
    }
    let (of_range, subtype) = range.split_once('/')?;
    let (of_type, _) = media_type.split_once('/')?;
    match (of_range, subtype) {
        ("*", "*") => Some(0),
        (of_range, "*") if of_range.eq_ignore_ascii_case(of_type) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_is_known_by_type_and_subtype_whatever_its_parameters() {
        for taken in [
            "application/json",
            "APPLICATION/JSON",
            "application/json;charset=utf-8",
            "Application/Json ; charset=\"utf-8, text/plain\"",
            "application/json;",
            "application/vnd.api+json",
            "application/problem+json; charset=utf-8",
        ] {
            assert!(is_one_of(taken, &["application/json"]), "{taken}");
        }
        assert!(is_one_of("image/png; a=b", &["text/plain", "image/*"]));
        assert!(is_one_of("application/vnd.api+json", &["application/vnd.api+json"]));
        assert!(is_one_of("text/plain; charset=utf-8", &["text/plain; charset=ascii"]));
    }

    #[test]
    fn what_pretends_to_be_another_type_is_not_that_type() {
        for refused in [
            "",
            "application/jsonx",
            "application/json+xml",
            "text/xml",
            "application/*",
            "*/*",
            "text/plain; application/json",
            "text/plain;a=*/*",
            "text/plain;a=\"application/json\"",
            "text/plain, application/json",
            "application/json, text/plain",
            "application/x-www-form-urlencoded;application/json",
            "application/json;a=\"x",
            "text/plain+",
        ] {
            assert!(!is_one_of(refused, &["application/json"]), "{refused}");
        }
    }

    #[test]
    fn the_most_precise_range_of_an_accept_decides() {
        for (accept, taken) in [
            ("image/png", Some(true)),
            ("image/avif,image/*;q=0.8", Some(true)),
            ("text/html, */*;q=0.1", Some(true)),
            ("image/png;q=0, image/*", Some(false)),
            ("image/*;q=0, */*", Some(false)),
            ("image/png; q=0.0", Some(false)),
            ("text/html;level=\"1, image/png\"", None),
            ("text/html", None),
            ("", None),
            ("nonsense, image/png", Some(true)),
        ] {
            assert_eq!(accepts(accept, "image/png; a=b"), taken, "{accept}");
        }
    }

    #[test]
    fn an_empty_list_takes_everything() {
        assert!(takes_all(&[""; 0]) && takes_all(&["text/plain", "*/*"]) && !takes_all(&["text/plain"]));
    }
}
