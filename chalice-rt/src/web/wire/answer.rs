//! The JSON of answers: headers and bodies in the format of each front end.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{GetAll, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::Result;

/// The JSON of an answer. Members that a front end does not take are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct Answer<'a> {
    pub(in crate::web) status_code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web) status_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web) headers: Option<Headers<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web) multi_value_headers: Option<MultiHeaders<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web) cookies: Option<Cookies<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::web) is_base64_encoded: Option<bool>,
    pub(in crate::web) body: BodyText<'a>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(status: StatusCode, body: BodyText<'a>) -> Self {
        Answer {
            status_code: status.as_u16(),
            status_description: None,
            headers: None,
            multi_value_headers: None,
            cookies: None,
            is_base64_encoded: Some(body.base64),
            body,
        }
    }
}

/// Headers as an object of strings.
pub(in crate::web) enum Headers<'a> {
    /// Headers with one value. The others are in [`MultiHeaders::Several`].
    Once(&'a HeaderMap),
    /// All headers but `set-cookie`. Several values are joined by commas.
    Joined(&'a HeaderMap),
    /// All headers. Several values are joined by commas. `set-cookie` cannot be joined, so each value is under another
    /// spelling of the name, which is the only way through a load balancer without multi-value headers.
    Spelled(&'a HeaderMap),
}

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
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
pub(in crate::web) enum MultiHeaders<'a> {
    Several(&'a HeaderMap),
    All(&'a HeaderMap),
}

impl Serialize for MultiHeaders<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
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

/// The cookies, which format 2.0 lists separately.
pub(in crate::web) struct Cookies<'a>(pub(in crate::web) &'a HeaderMap);

impl Serialize for Cookies<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.get_all(SET_COOKIE).iter().map(text))
    }
}

/// A body, as text or in base64.
pub(in crate::web) struct BodyText<'a> {
    pub(in crate::web) body: &'a [u8],
    pub(in crate::web) base64: bool,
}

impl Serialize for BodyText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match str::from_utf8(self.body) {
            Ok(text) if !self.base64 => serializer.serialize_str(text),
            _ => serializer.serialize_str(&STANDARD.encode(self.body)),
        }
    }
}

/// The headers as a client receives them through format 2.0: one value each, except `set-cookie`.
pub(in crate::web) fn carried(headers: HeaderMap) -> Result<HeaderMap> {
    let is_text = |value: &HeaderValue| str::from_utf8(value.as_bytes()).is_ok();
    if headers.len() == headers.keys_len() && headers.values().all(is_text) {
        return Ok(headers);
    }
    // The capacity is by names: a name may have more values than a map can have names.
    let mut carried = HeaderMap::with_capacity(headers.keys_len());
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
        let mut joined = texts.next().unwrap_or_default();
        for value in texts {
            let joined = joined.to_mut();
            joined.push_str(", ");
            joined.push_str(&value);
        }
        joined
    }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(text))
    }
}

/// A value as text. Bytes that are not UTF-8 are read as Latin-1, as HTTP/1.1 once specified.
fn text(value: &HeaderValue) -> Cow<'_, str> {
    match str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => value.as_bytes().iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

/// The n-th spelling of a name. The bits of `n` select the letters in upper case.
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
