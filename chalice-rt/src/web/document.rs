//! The JSON of an HTTP event, as any front end writes it, borrowed. Unknown members are skipped, null ones absent.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::text::JsonText;

/// One member of a document, for those that hardly anybody asks for; `null` if it is not there.
pub(super) fn member(document: &[u8], name: &'static str) -> Value {
    let mut json = serde_json::Deserializer::from_slice(document);
    json.deserialize_map(MemberVisitor(name)).unwrap_or_default()
}

struct MemberVisitor(&'static str);

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = Value::Null;
        while let Some(key) = members.next_key::<JsonText<'de>>()? {
            if key.0 == self.0 {
                found = members.next_value()?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// The members of an event that say what was asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'a> {
    #[serde(borrow)]
    pub(super) version: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) resource: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) route_key: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) raw_path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) http_method: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) headers: Option<Single<'a>>,
    #[serde(borrow)]
    pub(super) multi_value_headers: Option<Multi<'a>>,
    #[serde(borrow)]
    pub(super) query_string_parameters: Option<Raw<'a>>,
    #[serde(borrow)]
    pub(super) multi_value_query_string_parameters: Option<Raw<'a>>,
    #[serde(borrow)]
    pub(super) raw_query_string: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) path_parameters: Option<Raw<'a>>,
    #[serde(borrow)]
    pub(super) cookies: Option<Vec<JsonText<'a>>>,
    #[serde(borrow)]
    pub(super) request_context: Option<RequestContext<'a>>,
    #[serde(borrow)]
    pub(super) body: Option<JsonText<'a>>,
    pub(super) is_base64_encoded: Option<bool>,
    /// Whether there are marker keys of events that are no requests.
    #[serde(skip)]
    pub(super) of_other_kinds: bool,
}

/// The part of `requestContext` that every request needs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestContext<'a> {
    #[serde(borrow)]
    pub(super) stage: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) resource_path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) http_method: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) domain_name: Option<JsonText<'a>>,
    pub(super) elb: Option<IgnoredAny>,
    pub(super) connection_id: Option<IgnoredAny>,
    #[serde(borrow)]
    pub(super) http: Option<HttpContext<'a>>,
    #[serde(borrow)]
    pub(super) identity: Option<Identity<'a>>,
}

/// `requestContext.http` of payload 2.0.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HttpContext<'a> {
    #[serde(borrow)]
    pub(super) method: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(super) source_ip: Option<JsonText<'a>>,
}

/// `requestContext.identity` of payload 1.0.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity<'a> {
    #[serde(borrow)]
    pub(super) source_ip: Option<JsonText<'a>>,
}

/// A member as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a>(pub(super) &'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Raw(raw.get()))
    }
}

/// An object of texts.
#[derive(Debug)]
pub(super) struct Single<'a>(pub(super) Vec<(JsonText<'a>, JsonText<'a>)>);

/// An object of lists of texts; a name is there as often as it has values.
#[derive(Debug)]
pub(super) struct Multi<'a>(pub(super) Vec<(JsonText<'a>, JsonText<'a>)>);

/// As many headers as browsers send through CloudFront, so that the list need not grow.
pub(super) const USUAL: usize = 32;

impl<'de: 'a, 'a> Deserialize<'de> for Single<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SingleVisitor).map(Single)
    }
}

struct SingleVisitor;

impl<'de> Visitor<'de> for SingleVisitor {
    type Value = Vec<(JsonText<'de>, JsonText<'de>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(USUAL);
        while let Some(name) = members.next_key()? {
            if let Some(value) = members.next_value::<Option<JsonText<'de>>>()? {
                pairs.push((name, value));
            }
        }
        Ok(pairs)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Multi<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MultiVisitor).map(Multi)
    }
}

struct MultiVisitor;

impl<'de> Visitor<'de> for MultiVisitor {
    type Value = Vec<(JsonText<'de>, JsonText<'de>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of lists of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(USUAL);
        while let Some(name) = members.next_key::<JsonText<'de>>()? {
            members
                .next_value::<Option<Values<'de>>>()?
                .into_iter()
                .for_each(|values| values.spread(&name, &mut pairs));
        }
        Ok(pairs)
    }
}

/// The values of one name.
struct Values<'a>(Option<JsonText<'a>>, Vec<JsonText<'a>>);

impl<'a> Values<'a> {
    fn spread(self, name: &JsonText<'a>, pairs: &mut Vec<(JsonText<'a>, JsonText<'a>)>) {
        let values = self.0.into_iter().chain(self.1);
        pairs.extend(values.map(|value| (JsonText(name.0.clone()), value)));
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    /// One value is the rule, and needs no list.
    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self::Value, A::Error> {
        let first = values.next_element()?;
        let mut more = Vec::new();
        while let Some(value) = values.next_element()? {
            more.push(value);
        }
        Ok(Values(first, more))
    }
}
