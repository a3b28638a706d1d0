//! The answer to a REST or WebSocket event in normal form, and what is wrong with another.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chalice_rt::prelude::*;

use super::json::equal;

/// Headers that an answer may have besides the expected ones: Chalice adds no content type.
const ADDED: [&str; 3] = ["content-type", "content-length", "vary"];

/// How two bodies are compared.
#[derive(Debug, Clone, Copy)]
pub(super) enum BodyRule {
    Equal,
    Free,
    Contains,
    MessageFree,
}

/// A response as it goes over the wire.
#[derive(Debug)]
pub(super) struct Wire {
    status: Value,
    headers: BTreeMap<String, Vec<String>>,
    body: Vec<u8>,
}

impl Wire {
    /// The answer in normal form, if it is one with a status.
    pub(super) fn of(answer: &Value) -> Option<Self> {
        let status = answer.get("statusCode")?.clone();
        Some(Wire { status, headers: headers(answer), body: body(answer) })
    }

    /// What is wrong with the other.
    pub(super) fn wrong(&self, got: &Wire, rule: BodyRule) -> Vec<String> {
        let mut wrong = self.wrong_headers(got);
        if self.status != got.status {
            wrong.push(format!("status: expected {}, got {}", self.status, got.status));
        }
        if !self.body_conforms(got, rule) {
            wrong.push("another body".to_owned());
        }
        wrong
    }

    fn wrong_headers(&self, got: &Wire) -> Vec<String> {
        let missing = self.headers.keys().filter(|name| !self.header_conforms(got, name));
        let missing = missing
            .map(|name| format!("header {name}: expected {:?}, got {:?}", self.get(name), got.get(name)));
        let unexpected =
            |name: &&String| !self.headers.contains_key(*name) && !ADDED.contains(&name.as_str());
        let more = got.headers.keys().filter(unexpected);
        missing.chain(more.map(|name| format!("header {name} is not expected"))).collect()
    }

    fn header_conforms(&self, got: &Wire, name: &str) -> bool {
        let (expected, found) = (self.get(name), got.get(name));
        match name {
            "content-type" => expected == found || expected == without_charset(found),
            "allow" if self.has_cors() => {
                items(expected).is_subset(&items(found)) && {
                    items(found).difference(&items(expected)).all(|extra| extra == "OPTIONS")
                }
            }
            "allow" => items(expected) == items(found),
            _ if name.starts_with("access-control-") => items(expected) == items(found),
            _ => expected == found,
        }
    }

    fn body_conforms(&self, got: &Wire, rule: BodyRule) -> bool {
        let (expected, found) = (self.json(), got.json());
        match rule {
            BodyRule::Free => true,
            BodyRule::Contains => text(&got.body).contains(&*text(&self.body)),
            BodyRule::MessageFree => {
                let message = found["Message"].as_str();
                expected["Code"] == found["Code"] && message.is_some_and(|message| !message.is_empty())
            }
            BodyRule::Equal if expected.is_null() || found.is_null() => self.body == got.body,
            BodyRule::Equal => equal(&expected, &found),
        }
    }

    fn has_cors(&self) -> bool {
        self.headers.contains_key("access-control-allow-origin")
    }

    fn get(&self, name: &str) -> &[String] {
        self.headers.get(name).map_or(&[], Vec::as_slice)
    }

    /// The body as JSON; null if it is none.
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// One map of both kinds of headers. A name in both counts once.
fn headers(answer: &Value) -> BTreeMap<String, Vec<String>> {
    let single = answer["headers"].as_object().into_iter().flatten();
    let single = single.map(|(name, value)| (name.to_ascii_lowercase(), vec![plain(value)]));
    let several = answer["multiValueHeaders"].as_object().into_iter().flatten();
    let several = several.map(|(name, values)| {
        (name.to_ascii_lowercase(), values.as_array().into_iter().flatten().map(plain).collect())
    });
    single.chain(several).collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn body(answer: &Value) -> Vec<u8> {
    let body = answer["body"].as_str().unwrap_or_default();
    if answer["isBase64Encoded"] == true { STANDARD.decode(body).expect("base64") } else { body.into() }
}

fn without_charset(values: &[String]) -> Vec<String> {
    values.iter().map(|value| value.split("; charset=").next().unwrap_or(value).to_owned()).collect()
}

/// The items of a header that is a list, in no order.
fn items(values: &[String]) -> BTreeSet<String> {
    values.iter().flat_map(|value| value.split(',')).map(|item| item.trim().to_owned()).collect()
}

fn text(body: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(body)
}
