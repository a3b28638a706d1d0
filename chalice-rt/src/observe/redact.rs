//! Redacts an event for the log: hides the values of certain members, and everything that cannot be read.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::secrets::{SECRETS, is_secret};

/// The replacement for a hidden value.
pub(super) const HIDDEN: &str = "*****";

/// The depth to which texts inside texts are read.
const NESTED: usize = 8;

/// Base64 in its usual alphabet, padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Names of members, in lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Redaction(Vec<String>);

impl Redaction {
    pub(super) fn extend<S: Into<String>>(&mut self, names: impl IntoIterator<Item = S>) {
        self.0.extend(names.into_iter().map(|name| name.into().to_lowercase()));
    }

    /// Hides the values of the members with these names, and every text that might hold some and cannot be read.
    #[inline]
    pub(super) fn apply(&self, document: &mut Value) {
        self.hide(document, NESTED);
    }

    #[inline]
    fn hide(&self, value: &mut Value, nested: usize) {
        match value {
            Value::Object(members) => {
                let encoded = members.get("isBase64Encoded") == Some(&Value::Bool(true));
                for (name, value) in members {
                    if !value.is_null() && (self.hides(name) || (encoded && name == "body")) {
                        *value = HIDDEN.into();
                    } else {
                        self.hide(value, nested);
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.hide(value, nested)),
            Value::String(text) => {
                if let Cow::Owned(shown) = self.shown(text, nested) {
                    *text = shown;
                }
            }
            _ => {}
        }
    }

    /// Redacts a text. It may be JSON, a form, a query, or one of these in base64, as bodies and messages are.
    #[inline]
    fn shown<'a>(&self, text: &'a str, nested: usize) -> Cow<'a, str> {
        let hidden = Cow::Owned(HIDDEN.to_owned());
        let plain = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        match plain.as_bytes().first() {
            None => Cow::Borrowed(text),
            Some(b'{' | b'[' | b'"') => self.json(plain, nested).map_or(hidden, Cow::Owned),
            // XML, and the parts of a multipart body.
            Some(b'<') => hidden,
            Some(b'-') if plain.starts_with("--") => hidden,
            _ if self.hides_within_base64(plain, nested) => hidden,
            _ if is_form(plain) => self.form(text, nested),
            _ if self.names_a_secret(plain) => hidden,
            _ => Cow::Borrowed(text),
        }
    }

    /// Redacts JSON. `None` if it cannot be read.
    #[inline]
    fn json(&self, text: &str, nested: usize) -> Option<String> {
        let nested = nested.checked_sub(1)?;
        let mut document = serde_json::from_str(text).ok()?;
        self.hide(&mut document, nested);
        Some(document.to_string())
    }

    #[inline]
    fn hides_within_base64(&self, text: &str, nested: usize) -> bool {
        // Shorter texts are words, not base64.
        if text.len() < 16 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
        {
            return false;
        }
        let Ok(bytes) = BASE64.decode(text) else { return false };
        let is_gzip = bytes.starts_with(&[0x1f, 0x8b]);
        is_gzip
            || String::from_utf8(bytes).is_ok_and(|text| matches!(self.within(&text, nested), Cow::Owned(_)))
    }

    /// Redacts a text inside a text.
    #[inline]
    fn within<'a>(&self, text: &'a str, nested: usize) -> Cow<'a, str> {
        match nested.checked_sub(1) {
            Some(nested) => self.shown(text, nested),
            None => Cow::Owned(HIDDEN.to_owned()),
        }
    }

    /// Redacts a form, or a URL with a query.
    #[inline]
    fn form<'a>(&self, text: &'a str, nested: usize) -> Cow<'a, str> {
        let mut changed = false;
        let mut shown = String::with_capacity(text.len());
        for pair in text.split_inclusive(['&', ';']) {
            let (pair, end) = match pair.strip_suffix(['&', ';']) {
                Some(bare) => (bare, &pair[bare.len()..]),
                None => (pair, ""),
            };
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = match self.value_of(name, value, nested) {
                Some(value) => {
                    changed = true;
                    Cow::Owned(value)
                }
                None => Cow::Borrowed(value),
            };
            let sign = if pair.len() > name.len() { "=" } else { "" };
            shown.extend([name, sign, &*value, end]);
        }
        if changed { Cow::Owned(shown) } else { Cow::Borrowed(text) }
    }

    /// The replacement for the value of a pair. `None` if the value may be shown.
    #[inline]
    fn value_of(&self, name: &str, value: &str, nested: usize) -> Option<String> {
        // The name comes after the path of a URL. `user[password]` and `user.password` consist of several names.
        let name = decoded(name.rsplit(['?', '#']).next().unwrap_or(name));
        if name.split(['[', ']', '.']).any(|name| self.hides(name)) && !value.is_empty() {
            return Some(HIDDEN.to_owned());
        }
        match self.within(&decoded(value), nested) {
            Cow::Owned(shown) => Some(form_urlencoded::byte_serialize(shown.as_bytes()).collect()),
            Cow::Borrowed(_) => None,
        }
    }

    /// Whether a text of unknown format contains a name to hide, followed by what may be its value.
    #[inline]
    fn names_a_secret(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let names = SECRETS.iter().copied().chain(self.0.iter().map(String::as_str));
        names.filter(|name| !name.is_empty()).any(|name| {
            text.match_indices(name).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + name.len()..].trim_start_matches(['"', '\'', ']', ' ', '\t']);
                !before.is_some_and(is_of_a_name) && after.starts_with(['=', ':', '>', '\r', '\n'])
            })
        })
    }

    #[inline]
    fn hides(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        is_secret(&name) || self.0.contains(&name)
    }
}

#[inline]
fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// Whether a text looks like a form, a query, or a URL with one.
#[inline]
fn is_form(text: &str) -> bool {
    text.contains('=') && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[inline]
fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(text: &str) -> String {
        let mut redaction = Redaction::default();
        redaction.extend(["Password"]);
        let mut event = json!({ "body": text });
        redaction.apply(&mut event);
        event["body"].as_str().expect("a text").to_owned()
    }

    #[test]
    fn values_are_hidden_wherever_they_stand() {
        let mut redaction = Redaction::default();
        redaction.extend(["Password"]);
        let mut event = json!({
            "headers": {"Authorization": "Bearer x", "accept": "*/*", "Referer": "https://a/?x=1"},
            "list": [{"password": {"old": 1}}, {"password": null}],
            "body": "{\"user\": {\"PASSWORD\": \"p\"}, \"n\": 1}",
        });
        redaction.apply(&mut event);
        let expected = json!({
            "headers": {"Authorization": HIDDEN, "accept": "*/*", "Referer": HIDDEN},
            "list": [{"password": HIDDEN}, {"password": null}],
            "body": "{\"n\":1,\"user\":{\"PASSWORD\":\"*****\"}}",
        });
        assert_eq!(event, expected);
    }

    #[test]
    fn pairs_of_forms_and_queries_are_hidden_by_their_names() {
        for (form, expected) in [
            ("a=1&password=p4ss&b=2", "a=1&password=*****&b=2"),
            ("p%61ssword=p4ss", "p%61ssword=*****"),
            ("user[password]=p4ss;b=2", "user[password]=*****;b=2"),
            ("https://a/b?password=p4ss#c", "https://a/b?password=*****"),
            ("payload=%7B%22password%22%3A%22p4ss%22%7D", "payload=%7B%22password%22%3A%22*****%22%7D"),
            ("a=1&b&c=", "a=1&b&c="),
        ] {
            assert_eq!(shown(form), expected);
        }
    }

    #[test]
    fn json_is_read_behind_a_byte_order_mark_and_within_texts() {
        assert_eq!(shown("\u{feff}{\"password\": \"p4ss\"}"), r#"{"password":"*****"}"#);
        assert_eq!(shown(r#""{\"password\": \"p4ss\"}""#), r#""{\"password\":\"*****\"}""#);
    }

    #[test]
    fn what_cannot_be_read_is_not_shown() {
        let deep = format!("{}{}{}", "[".repeat(200), r#"{"password":"p4ss"}"#, "]".repeat(200));
        let encoded = base64::engine::general_purpose::STANDARD.encode(r#"{"password":"p4ss"}"#);
        for text in [
            r#"{"password": "p4ss",}"#,
            "{\"password\": \"p4ss\"}\n{\"password\": \"p5ss\"}",
            r#"{"password": "\ud800p4ss"}"#,
            &deep,
            &encoded,
            "<login><password>p4ss</password></login>",
            "--b\r\ncontent-disposition: form-data; name=\"password\"\r\n\r\np4ss\r\n--b--",
            "user: ada\npassword: p4ss",
            "H4sIAAAAAAAAA6tWKkgsLi7PL0pRslIqMCkuVqoFAIT8RhkUAAAA",
        ] {
            assert_eq!(shown(text), HIDDEN, "{text}");
        }
        let mut event = json!({"isBase64Encoded": true, "body": "anything"});
        Redaction::default().apply(&mut event);
        assert_eq!(event["body"], HIDDEN);
    }

    #[test]
    fn what_holds_nothing_to_hide_is_shown_as_it_is() {
        for text in
            ["hello, world", "/users/7", "the password was changed", "arn:aws:sns:eu:1:t", "a=1&b=2", ""]
        {
            assert_eq!(shown(text), text);
        }
    }
}
