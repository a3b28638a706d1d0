//! The source of Kafka: batches of records of a topic, of Amazon MSK or of a cluster of one's own.
//!
//! The event is that of the page "Processing Amazon MSK messages with Lambda" of the AWS Lambda developer guide, the answer
//! that of "Configuring error handling controls for Kafka event sources".

use std::collections::BTreeMap;

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

/// How an event of this kind is told from all others.
pub(super) const SHAPE: Shape = Shape::new(
    Marks::EventSource(&["aws:kafka", "SelfManagedKafka"]),
    "a Kafka event (by its `eventSource`)",
)
.coming_from(topic_of);

const WHAT: &str = "Kafka event";

/// One record of a Kafka topic whose value was read from JSON. The handler runs once for each record, partition by
/// partition, in the order of their offsets.
///
/// A value that is no JSON counts as the text that it is, so `T = String` takes any text; a record without a value is JSON's
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
#[derive(Debug, Clone)]
pub struct KafkaMessage<T> {
    /// What the record's value says.
    pub body: T,
    /// The record's key as text; a key that is no UTF-8 stays base64, as it arrived.
    pub key: Option<String>,
    /// The record's headers.
    pub headers: KafkaHeaders,
    /// The topic.
    pub topic: String,
    /// The partition of the topic.
    pub partition: i32,
    /// The record's number in its partition.
    pub offset: i64,
}

/// The headers of a Kafka record, in order. A name may stand there more than once. A value that is no UTF-8 is read with
/// `�` in the place of what is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

/// The topic that a handler is bound to.
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
        // A batch without records does not say where it comes from.
        |KafkaTopic(topic), _| Fit::when(event.source().is_empty() || *topic == event.source())
    }

    #[inline]
    fn origin(event: &TriggerEvent) -> String {
        format!("a Kafka batch of topic `{}`", event.source())
    }
}

#[derive(Deserialize)]
struct Document {
    /// By `topic-partition`.
    records: Option<BTreeMap<String, Vec<Value>>>,
}

/// The topic of a batch: AWS sends the records of one topic at a time, by `topic-partition`.
fn topic_of(event: &RawEvent) -> Option<String> {
    #[derive(Deserialize)]
    struct Partitions {
        records: BTreeMap<String, IgnoredAny>,
    }
    let partitions: Partitions = serde_json::from_slice(event.bytes()).ok()?;
    let (topic, _) = partitions.records.keys().next()?.rsplit_once('-')?;
    Some(topic.to_owned())
}

/// One record as it arrived, and the partition of its topic, as `topic-partition`.
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

    /// The records of a partition stay in order.
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

/// A key as text, if it is some.
#[inline]
fn text_of(key: String) -> String {
    let text = STANDARD.decode(&key).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or(key)
}

/// The value of a header: bytes, which AWS writes with or without a sign.
#[inline]
fn header_of(bytes: &[i16]) -> String {
    // Both -1 and 255 are the byte 0xff.
    let bytes: Vec<u8> = bytes.iter().map(|byte| *byte as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
