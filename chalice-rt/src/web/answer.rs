//! The JSON of answers: headers and bodies as each front end takes them.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{GetAll, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Headers as one object of texts.
pub(super) enum Headers<'a> {
    /// Those with one value only; the others are in [`MultiHeaders::Several`].
    Once(&'a HeaderMap),
    /// All but `set-cookie`, several values joined by commas.
    Joined(&'a HeaderMap),
    /// All, several values joined by commas; of `set-cookie`, which cannot be joined, each under another spelling of
    /// the name. That is all that a load balancer without multi-value headers lets one do.
    Spelled(&'a HeaderMap),
}

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Headers::Once(headers) | Headers::Joined(headers) | Headers::Spelled(headers)) = *self;
        let mut object = serializer.serialize_map(None)?;
        for (name, values) in by_name(headers) {
            match self {
                Headers::Once(_) if values.several() => {}
                Headers::Joined(_) if name == SET_COOKIE => {}
                Headers::Spelled(_) if name == SET_COOKIE => {
                    for (n, value) in values.0.iter().enumerate() {
                        object.serialize_entry(&spelling(name.as_str(), n), &text(value))?;
                    }
                }
                _ => object.serialize_entry(name.as_str(), &values.joined())?,
            }
        }
        object.end()
    }
}

/// Headers as an object of lists.
pub(super) enum MultiHeaders<'a> {
    Several(&'a HeaderMap),
    All(&'a HeaderMap),
}

impl Serialize for MultiHeaders<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (MultiHeaders::Several(headers) | MultiHeaders::All(headers)) = *self;
        let mut object = serializer.serialize_map(None)?;
        for (name, values) in by_name(headers) {
            if values.several() || matches!(self, MultiHeaders::All(_)) {
                object.serialize_entry(name.as_str(), &values)?;
            }
        }
        object.end()
    }
}

/// The cookies that payload 2.0 lists apart.
pub(super) struct Cookies<'a>(pub(super) &'a HeaderMap);

impl Serialize for Cookies<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.get_all(SET_COOKIE).iter().map(text))
    }
}

/// A body, as the text that it is or as base64.
pub(super) struct BodyText<'a> {
    pub(super) body: &'a [u8],
    pub(super) base64: bool,
}

impl Serialize for BodyText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match str::from_utf8(self.body) {
            Ok(text) if !self.base64 => serializer.serialize_str(text),
            _ => serializer.serialize_str(&STANDARD.encode(self.body)),
        }
    }
}

/// The headers as a client gets them that payload 2.0 has carried: each with one text, but for `set-cookie`.
pub(super) fn carried(headers: HeaderMap) -> crate::error::Result<HeaderMap> {
    let is_text = |value: &HeaderValue| str::from_utf8(value.as_bytes()).is_ok();
    if headers.len() == headers.keys_len() && headers.values().all(is_text) {
        return Ok(headers);
    }
    let mut carried = HeaderMap::with_capacity(headers.len());
    for (name, values) in by_name(&headers) {
        if name == SET_COOKIE {
            for cookie in values.0.iter().map(text) {
                carried.append(name, cookie.into_owned().try_into()?);
            }
        } else {
            carried.insert(name, values.joined().into_owned().try_into()?);
        }
    }
    Ok(carried)
}

fn by_name(headers: &HeaderMap) -> impl Iterator<Item = (&HeaderName, Values<'_>)> {
    headers.keys().map(|name| (name, Values(headers.get_all(name))))
}

/// The values of one header.
struct Values<'a>(GetAll<'a, HeaderValue>);

impl<'a> Values<'a> {
    fn several(&self) -> bool {
        self.0.iter().nth(1).is_some()
    }

    fn joined(&self) -> Cow<'a, str> {
        let mut texts = self.0.iter().map(text);
        let first = texts.next().unwrap_or_default();
        texts.fold(first, |all, value| format!("{all}, {value}").into())
    }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(text))
    }
}

/// A value as text. Bytes that are no UTF-8 are what HTTP once said they are: Latin-1.
fn text(value: &HeaderValue) -> Cow<'_, str> {
    match str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => value.as_bytes().iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

/// The n-th way to spell a name: its letters upper case as the bits of `n` say.
fn spelling(name: &str, n: usize) -> String {
    let mut bits = n;
    let mut letter = |letter: char| {
        if !letter.is_ascii_alphabetic() {
            return letter;
        }
        let upper = bits & 1 == 1;
        bits >>= 1;
        if upper { letter.to_ascii_uppercase() } else { letter }
    };
    name.chars().map(&mut letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_spells_a_name_in_another_way() {
        let spellings: Vec<String> = (0..8).map(|n| spelling("set-cookie", n)).collect();
        assert_eq!(spellings[..4], ["set-cookie", "Set-cookie", "sEt-cookie", "SEt-cookie"]);
        assert_eq!(spelling("set-cookie", 8), "set-Cookie");
    }
}
