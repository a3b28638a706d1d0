//! The source of Kafka: batches of a topic's records, from Amazon MSK or a self-managed cluster.
//!
//! The pages "Processing Amazon MSK messages with Lambda" and "Configuring error handling controls for Kafka event
//! sources" of the AWS Lambda developer guide specify the event and the answer.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};

use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, Record, Reported, Source, stream_settings};
use super::wire::{missing, said, unfit};
use super::{Event, EventArgument, Kafka, RawEvent, TriggerEvent};
use crate::error::{Error, Result};
use crate::json::Hidden;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape = Shape::new(
    Marks::EventSource(&["aws:kafka", "SelfManagedKafka"]),
    "a Kafka event (by its `eventSource`)",
)
.coming_from(topic_of);

const WHAT: &str = "Kafka event";

/// A record of a Kafka topic whose value is read from JSON. The handler runs once for each record, partition by
/// partition, in the order of the offsets.
///
/// A value that is not JSON is read as text, so `T = String` takes any text. A record without a value is read as
/// `null`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(serde::Deserialize)]
/// struct Click { page: String }
///
/// #[on_kafka_record("clicks")]
/// async fn click(message: KafkaMessage<Click>) {
///     tracing::info!(page = message.body.page, key = message.key, offset = message.offset, "click");
/// }
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct KafkaMessage<T> {
    /// The value of the record.
    pub body: T,
    /// The key of the record as text. A key that is not UTF-8 stays in base64, as it arrived.
    pub key: Option<String>,
    /// The headers of the record.
    pub headers: KafkaHeaders,
    /// The topic.
    pub topic: String,
    /// The partition of the topic.
    pub partition: i32,
    /// The offset of the record in its partition.
    pub offset: i64,
}

/// The headers of a Kafka record, in order. Names may repeat. Invalid UTF-8 in a value becomes `�`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KafkaHeaders(Vec<(String, String)>);

impl KafkaHeaders {
    /// The last value of a header.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let headers: KafkaHeaders = [("trace", "a"), ("trace", "b")].into_iter().collect();
    /// assert_eq!(headers.get("trace"), Some("b"));
    /// assert_eq!(headers.get("absent"), None);
    /// ```
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().filter(|(known, _)| *known == name).last().map(|(_, value)| value)
    }

    /// All headers with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for KafkaHeaders {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        KafkaHeaders(headers.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl<T: fmt::Debug> fmt::Debug for KafkaMessage<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KafkaMessage")
            .field("body", &self.body)
            .field("key", &self.key.as_ref().map(|key| Hidden(key.len())))
            .field("headers", &self.headers)
            .field("topic", &self.topic)
            .field("partition", &self.partition)
            .field("offset", &self.offset)
            .finish()
    }
}

impl fmt::Debug for KafkaHeaders {
    /// Shows the names only. The values may be secrets.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KafkaHeaders ")?;
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// The binding of a handler: a topic.
#[derive(Debug)]
pub struct KafkaTopic(pub &'static str);

impl EventBinding for KafkaTopic {
    type Source = Kafka;

    fn describe(&self) -> String {
        format!("Kafka topic `{}`", self.0)
    }

    fn settings(&self) -> Value {
        stream_settings("topic", self.0)
    }
}

impl Source for Kafka {
    type Binding = KafkaTopic;
    type Record = KafkaRecord;

    #[inline]
    fn fits(event: &TriggerEvent) -> impl Fn(&KafkaTopic, &str) -> Fit {
        // An event without records does not name its topic.
        |KafkaTopic(topic), _| Fit::when(event.source().is_empty() || *topic == event.source())
    }

    #[inline]
    fn origin(event: &TriggerEvent) -> String {
        format!("a Kafka batch of topic `{}`", event.source())
    }
}

#[derive(Deserialize)]
struct Document {
    /// The records by `topic-partition`.
    records: Option<BTreeMap<String, Vec<Value>>>,
}

/// The topic of a batch. A batch holds records of one topic only.
fn topic_of(event: &RawEvent) -> Option<String> {
    #[derive(Deserialize)]
    struct Partitions {
        records: BTreeMap<String, IgnoredAny>,
    }
    let partitions: Partitions = serde_json::from_slice(event.bytes()).ok()?;
    let (topic, _) = partitions.records.keys().next()?.rsplit_once('-')?;
    Some(topic.to_owned())
}

/// A record as it arrived, with its `topic-partition`.
#[derive(Debug)]
pub struct KafkaRecord {
    record: Value,
    partition: String,
}

impl Reported for KafkaRecord {}

impl Record<TriggerEvent> for KafkaRecord {
    fn take_all(event: &mut TriggerEvent) -> Result<Vec<Self>> {
        let document: Document = event.payload()?;
        let partitions = document.records.ok_or_else(|| missing(WHAT, "records"))?;
        let of_partition = |(partition, records): (String, Vec<Value>)| {
            records.into_iter().map(move |record| KafkaRecord { record, partition: partition.clone() })
        };
        Ok(partitions.into_iter().flat_map(of_partition).collect())
    }

    fn put_alone(self, event: &mut TriggerEvent) {
        event.record = self.record;
    }

    fn id(&self) -> Value {
        json!({"partition": self.partition, "offset": self.record["offset"]})
    }

    /// The records of a partition must stay in order.
    fn group(&self) -> Option<&str> {
        Some(&self.partition)
    }
}

#[derive(Deserialize)]
struct Fields {
    topic: String,
    partition: i32,
    offset: i64,
    key: Option<String>,
    value: Option<String>,
    #[serde(default)]
    headers: Vec<BTreeMap<String, Vec<i16>>>,
}

impl<T: DeserializeOwned> EventArgument<TriggerEvent> for KafkaMessage<T> {
    const EACH: bool = true;

    fn take(event: &mut TriggerEvent) -> Result<Self> {
        let record = std::mem::take(&mut event.record);
        if record.is_null() {
            return Err(Error::from(format!("an event of kind `{}` holds no Kafka record", event.kind())));
        }
        let fields: Fields = serde_json::from_value(record)
            .map_err(|error| unfit(WHAT, "records", &crate::json::json_fault(&error)))?;
        let value = match fields.value {
            Some(value) => STANDARD.decode(value).map_err(|_| unfit(WHAT, "value", "it is not base64"))?,
            None => b"null".to_vec(),
        };
        Ok(KafkaMessage {
            body: said(&value, "the value of the record")?,
            key: fields.key.map(text_of),
            headers: fields
                .headers
                .into_iter()
                .flatten()
                .map(|(name, value)| (name, header_of(&value)))
                .collect(),
            topic: fields.topic,
            partition: fields.partition,
            offset: fields.offset,
        })
    }
}

/// A key as text, if it is UTF-8.
#[inline]
fn text_of(key: String) -> String {
    let text = STANDARD.decode(&key).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or(key)
}

/// The value of a header. AWS writes its bytes signed or unsigned.
#[inline]
fn header_of(bytes: &[i16]) -> String {
    // Both -1 and 255 are the byte 0xff.
    let bytes: Vec<u8> = bytes.iter().map(|byte| *byte as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
