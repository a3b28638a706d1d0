//! Describes unknown events in error messages, by their keys and never by their values.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::classify::{Classified, classify, shape_of};
use crate::web::Via;

/// The most keys to list.
const KEYS: usize = 12;
/// The longest key to show, in characters.
const KEY_LENGTH: usize = 40;
/// The longest name of a topic, a queue or a handler to show, in characters.
const NAME_LENGTH: usize = 100;

/// Describes an event: its kind if it has one, else its top-level keys.
pub(crate) fn describe(bytes: &[u8]) -> String {
    match classify(bytes) {
        Ok(classified) => named(classified).map_or_else(|| unnamed(bytes), str::to_owned),
        Err(_) => "something that is not JSON".to_owned(),
    }
}

fn named(classified: Classified) -> Option<&'static str> {
    match classified.via {
        Some(Via::Rest) => Some("an HTTP request (`httpMethod` and `path`)"),
        Some(Via::HttpApi) => Some("an HTTP request (`requestContext.http`)"),
        Some(Via::LoadBalancer) => Some("an HTTP request of a load balancer (`requestContext.elb`)"),
        None => shape_of(classified.kind?)?.words,
    }
}

fn unnamed(bytes: &[u8]) -> String {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => object(bytes),
        Some(b'[') => "an array".to_owned(),
        Some(b'"') => "a string".to_owned(),
        Some(b't' | b'f') => "a boolean".to_owned(),
        Some(b'n') => "null".to_owned(),
        _ => "a number".to_owned(),
    }
}

fn object(bytes: &[u8]) -> String {
    let keys: BTreeMap<String, IgnoredAny> = serde_json::from_slice(bytes).unwrap_or_default();
    if keys.is_empty() {
        return "an object without keys".to_owned();
    }
    let shown: Vec<_> = keys.keys().take(KEYS).map(|key| shown(key)).collect();
    let more = if keys.len() > KEYS { format!(" and {} more", keys.len() - KEYS) } else { String::new() };
    format!("an object with the keys {}{more}", shown.join(", "))
}

/// Quotes a name from outside in a message. Long names are cut, control characters escaped.
pub(crate) fn quoted(name: &str) -> String {
    shortened(name, NAME_LENGTH)
}

/// A key with control characters escaped, cut if it is long.
fn shown(key: &str) -> String {
    shortened(key, KEY_LENGTH)
}

fn shortened(word: &str, length: usize) -> String {
    let start: String = word.chars().take(length).collect();
    let cut = if start.len() < word.len() { ".." } else { "" };
    format!("`{}{cut}`", start.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_and_values_are_not() {
        assert_eq!(describe(br#"{"b":"secret","a\n":1}"#), r"an object with the keys `a\n`, `b`");
        assert_eq!(describe(b"{}"), "an object without keys");
        assert_eq!(describe(b" \"secret\""), "a string");
        assert_eq!(describe(b"-1"), "a number");
        assert_eq!(describe(b"{"), "something that is not JSON");
    }

    #[test]
    fn many_or_long_keys_are_cut() {
        let many: BTreeMap<_, _> = (0..20).map(|i| (format!("key{i:02}"), i)).collect();
        let text = describe(&serde_json::to_vec(&many).unwrap_or_default());
        assert!(text.ends_with("`key11` and 8 more"), "{text}");
        let text = describe(format!(r#"{{"{}":1}}"#, "k".repeat(1000)).as_bytes());
        assert!(text.len() < 80 && text.ends_with("..`"), "{text}");
    }

    #[test]
    fn a_name_of_somebody_elses_is_short_and_plain() {
        assert_eq!(quoted("a\nb"), "`a\\nb`");
        assert_eq!(quoted(&"a".repeat(1000)), format!("`{}..`", "a".repeat(NAME_LENGTH)));
    }
}
