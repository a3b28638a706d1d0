//! Which kind of event a document is, by its marker keys, in one pass that stops as soon as that is certain.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::cloudwatch::is_scheduled;
pub(crate) use super::describe::describe;
use crate::error::{Error, Result, json_fault};
use crate::kind::Kind;

/// What a document looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classified {
    pub(crate) shape: Shape,
}

/// The shapes that have marker keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Http(Via),
    Websocket,
    S3,
    Sns,
    Sqs,
    CloudWatch,
    Scheduled,
    Kinesis,
    DynamoDb,
    Authorizer,
    Unknown,
}

impl Shape {
    /// The kind of the events of this shape.
    pub(crate) fn kind(self) -> Option<Kind> {
        Some(match self {
            Shape::Http(_) => Kind::Http,
            Shape::Websocket => Kind::Websocket,
            Shape::S3 => Kind::S3,
            Shape::Sns => Kind::Sns,
            Shape::Sqs => Kind::Sqs,
            Shape::CloudWatch => Kind::CloudWatch,
            Shape::Scheduled => Kind::Scheduled,
            Shape::Kinesis => Kind::Kinesis,
            Shape::DynamoDb => Kind::DynamoDb,
            Shape::Authorizer => Kind::Authorizer,
            Shape::Unknown => return None,
        })
    }
}

/// What an HTTP request came through, as far as the marker keys tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// A REST API, or an HTTP API with payload 1.0: `httpMethod`.
    Rest,
    /// An HTTP API with payload 2.0, or a function URL: `requestContext.http`.
    HttpApi,
    /// A load balancer: `requestContext.elb`.
    LoadBalancer,
}

/// Tells the kind of an event.
///
/// # Errors
/// The bytes are not JSON, as far as they had to be read.
pub(crate) fn classify(bytes: &[u8]) -> Result<Classified> {
    let mut markers = Markers::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = (&mut markers).deserialize(&mut reader).and_then(|()| reader.end());
    match read {
        Err(error) if !markers.certain() => unmarked(bytes, &error),
        // Also when it stopped on purpose, by an error that serde has to be given.
        _ => Ok(Classified { shape: markers.shape() }),
    }
}

/// What a document is that could not be read to its end: no JSON, or JSON with other things under the marker keys.
fn unmarked(bytes: &[u8], error: &serde_json::Error) -> Result<Classified> {
    if !error.is_data() {
        return Err(not_json(bytes, error));
    }
    serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| not_json(bytes, &error))?;
    Ok(Classified { shape: Shape::Unknown })
}

fn not_json(bytes: &[u8], error: &serde_json::Error) -> Error {
    if bytes.is_empty() {
        return "the event is empty; it has to be JSON".into();
    }
    format!("the event is not JSON: {}", json_fault(error)).into()
}

/// The marker keys that have been seen.
#[derive(Debug, Default)]
struct Markers {
    records: Option<Shape>,
    context: Option<Shape>,
    context_seen: bool,
    method: bool,
    path: bool,
    payload: bool,
    source: Option<String>,
    detail_type: Option<String>,
    auth_type: bool,
    arn: bool,
}

impl Markers {
    fn shape(&self) -> Shape {
        if let Some(records) = self.records {
            return records;
        }
        // Before HTTP and WebSocket, whose keys the authorizers of requests have too.
        if self.auth_type && self.arn {
            return Shape::Authorizer;
        }
        if let Some(shape) = self.context {
            return shape;
        }
        match (&self.source, &self.detail_type) {
            _ if self.method && self.path => Shape::Http(Via::Rest),
            (Some(source), Some(detail_type)) if is_scheduled(source, detail_type) => Shape::Scheduled,
            (Some(_), Some(_)) => Shape::CloudWatch,
            _ => Shape::Unknown,
        }
    }

    /// Whether no further key can change the shape.
    fn certain(&self) -> bool {
        match self.shape() {
            Shape::Unknown => false,
            // An authorizer's event looks the same up to its ARN, but has neither body nor `isBase64Encoded`.
            Shape::Http(Via::Rest) => self.payload && self.context_seen,
            Shape::Http(_) | Shape::Websocket => self.payload,
            _ => true,
        }
    }

    fn see<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Records => map.next_value_seed(Records(&mut self.records))?,
            Key::RequestContext => {
                self.context = context_shape(map.next_value()?);
                self.context_seen = true;
            }
            Key::HttpMethod => self.method = text(map.next_value()?).is_some(),
            Key::Path => self.path = text(map.next_value()?).is_some(),
            Key::Source => self.source = text(map.next_value()?),
            Key::DetailType => self.detail_type = text(map.next_value()?),
            Key::Type => self.auth_type = text(map.next_value()?).is_some(),
            Key::Arn => self.arn = text(map.next_value()?).is_some(),
            Key::Payload => {
                self.payload = true;
                // The body is the largest part of a request: not even skipped if it does not matter any more.
                if !self.certain() {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Key::Other => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The members of an event that tell its kind.
#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier)]
enum Key {
    Records,
    #[serde(rename = "requestContext")]
    RequestContext,
    #[serde(rename = "httpMethod")]
    HttpMethod,
    #[serde(rename = "path")]
    Path,
    #[serde(rename = "source")]
    Source,
    #[serde(rename = "detail-type")]
    DetailType,
    #[serde(rename = "type")]
    Type,
    #[serde(rename = "methodArn", alias = "routeArn")]
    Arn,
    #[serde(rename = "body", alias = "isBase64Encoded")]
    Payload,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for &mut Markers {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Markers {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.see(key, &mut map)?;
            if self.certain() {
                return Err(A::Error::custom("certain"));
            }
        }
        Ok(())
    }
}

/// A member as text; one of another type is as good as absent.
fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext {
    http: Option<IgnoredAny>,
    elb: Option<IgnoredAny>,
    connection_id: Option<IgnoredAny>,
}

fn context_shape(raw: &RawValue) -> Option<Shape> {
    let context: RequestContext = serde_json::from_str(raw.get()).ok()?;
    if context.connection_id.is_some() {
        Some(Shape::Websocket)
    } else if context.http.is_some() {
        Some(Shape::Http(Via::HttpApi))
    } else {
        context.elb.map(|_| Shape::Http(Via::LoadBalancer))
    }
}

/// Looks into the first of the records only, and stops once that tells its kind.
struct Records<'a>(&'a mut Option<Shape>);

struct FirstRecord<'a>(&'a mut Option<Shape>);

/// The members of a record that tell its kind.
#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier)]
enum RecordKey {
    #[serde(rename = "eventSource", alias = "EventSource")]
    Source,
    #[serde(rename = "s3")]
    S3,
    Sns,
    #[serde(rename = "receiptHandle")]
    ReceiptHandle,
    #[serde(rename = "kinesis")]
    Kinesis,
    #[serde(rename = "dynamodb")]
    DynamoDb,
    #[serde(other)]
    Other,
}

/// The kind of records from a service, such as `aws:sqs`.
fn shape_of_source(source: &str) -> Option<Shape> {
    Some(match source.rsplit(':').next()? {
        "s3" => Shape::S3,
        "sns" => Shape::Sns,
        "sqs" => Shape::Sqs,
        "kinesis" => Shape::Kinesis,
        "dynamodb" => Shape::DynamoDb,
        _ => return None,
    })
}

fn shape_of_member<'de, A: MapAccess<'de>>(key: RecordKey, map: &mut A) -> Result<Option<Shape>, A::Error> {
    Ok(Some(match key {
        RecordKey::Source => return Ok(text(map.next_value()?).as_deref().and_then(shape_of_source)),
        RecordKey::S3 => Shape::S3,
        RecordKey::Sns => Shape::Sns,
        RecordKey::ReceiptHandle => Shape::Sqs,
        RecordKey::Kinesis => Shape::Kinesis,
        RecordKey::DynamoDb => Shape::DynamoDb,
        RecordKey::Other => {
            map.next_value::<IgnoredAny>()?;
            return Ok(None);
        }
    }))
}

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        records.next_element_seed(FirstRecord(self.0))?;
        while records.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for FirstRecord<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FirstRecord<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            *self.0 = shape_of_member(key, &mut map)?;
            if self.0.is_some() {
                return Err(A::Error::custom("certain"));
            }
        }
        Ok(())
    }
}
