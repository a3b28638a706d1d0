//! The JSON of an HTTP event, as any front end writes it, borrowed. Unknown members are skipped, null ones absent.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::text::JsonText;
use crate::web::front_end::HttpMarkers;

/// One member of a document, for those that hardly anybody asks for; `null` if it is not there.
pub(in crate::web) fn member(document: &[u8], name: &'static str) -> Value {
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
pub(in crate::web) struct Document<'a> {
    #[serde(borrow)]
    pub(in crate::web) version: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) resource: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) route_key: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) raw_path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) http_method: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) headers: Option<Single<'a>>,
    #[serde(borrow)]
    pub(in crate::web) multi_value_headers: Option<Multi<'a>>,
    #[serde(borrow)]
    pub(in crate::web) query_string_parameters: Option<Raw<'a>>,
    #[serde(borrow)]
    pub(in crate::web) multi_value_query_string_parameters: Option<Raw<'a>>,
    #[serde(borrow)]
    pub(in crate::web) raw_query_string: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) path_parameters: Option<Raw<'a>>,
    #[serde(borrow)]
    pub(in crate::web) cookies: Option<Vec<JsonText<'a>>>,
    #[serde(borrow, default, rename = "requestContext", deserialize_with = "or_default")]
    pub(in crate::web) context: RequestContext<'a>,
    #[serde(borrow)]
    pub(in crate::web) body: Option<JsonText<'a>>,
    pub(in crate::web) is_base64_encoded: Option<bool>,
    /// Whether there are marker keys of events that are no requests.
    #[serde(skip)]
    pub(in crate::web) of_other_kinds: bool,
}

impl Document<'_> {
    pub(in crate::web) fn version(&self) -> &str {
        text(&self.version).unwrap_or_default()
    }

    pub(in crate::web) fn domain(&self) -> Option<&str> {
        text(&self.context.domain_name)
    }

    /// The marker keys that it has.
    pub(super) fn markers(&self) -> HttpMarkers {
        HttpMarkers {
            method: self.http_method.is_some(),
            path: self.path.is_some(),
            http: self.context.http.is_some(),
            elb: self.context.elb.is_some(),
            connection: self.context.connection_id.is_some(),
        }
    }
}

pub(super) fn text<'a>(text: &'a Option<JsonText<'_>>) -> Option<&'a str> {
    text.as_ref().map(|text| text.0.as_ref())
}

/// A member that may be `null`, which is as good as absent.
fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The part of `requestContext` that every request needs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct RequestContext<'a> {
    #[serde(borrow)]
    pub(in crate::web) stage: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) resource_path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) http_method: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) domain_name: Option<JsonText<'a>>,
    pub(in crate::web) elb: Option<IgnoredAny>,
    pub(in crate::web) connection_id: Option<IgnoredAny>,
    #[serde(borrow)]
    pub(in crate::web) http: Option<HttpContext<'a>>,
    #[serde(borrow)]
    pub(in crate::web) identity: Option<Identity<'a>>,
}

/// `requestContext.http` of payload 2.0.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct HttpContext<'a> {
    #[serde(borrow)]
    pub(in crate::web) method: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) path: Option<JsonText<'a>>,
    #[serde(borrow)]
    pub(in crate::web) source_ip: Option<JsonText<'a>>,
}

/// `requestContext.identity` of payload 1.0.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct Identity<'a> {
    #[serde(borrow)]
    pub(in crate::web) source_ip: Option<JsonText<'a>>,
}

/// A member as it is written.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Raw<'a>(pub(in crate::web) &'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Raw(raw.get()))
    }
}

/// An object of texts.
#[derive(Debug)]
pub(in crate::web) struct Single<'a>(pub(in crate::web) Vec<(JsonText<'a>, JsonText<'a>)>);

/// An object of lists of texts; a name is there as often as it has values.
#[derive(Debug)]
pub(in crate::web) struct Multi<'a>(pub(in crate::web) Vec<(JsonText<'a>, JsonText<'a>)>);

/// As many headers as browsers send through CloudFront, so that the list need not grow.
pub(in crate::web) const USUAL: usize = 32;

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
