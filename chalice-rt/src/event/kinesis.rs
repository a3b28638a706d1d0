//! The event of Kinesis: a batch of records of a stream.

use std::fmt;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::describe::quoted;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, Source, resource, stream_settings};
use super::wire::{
    self, OldRecords, batch_of, child, event_with_json_answer, missing, places_of_records, put, said,
    seconds_of, set, time_of, unfit,
};
use super::{EventArgument, Kinesis, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::json::Hidden;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape = Shape::new(
    Marks::Records { service: "kinesis", member: "kinesis" },
    "a Kinesis event (`Records[0]` is from Kinesis)",
);

const WHAT: &str = "Kinesis event";

/// A batch of records of a Kinesis stream.
///
/// A handler takes the whole batch, or one record at a time: a [`KinesisRecord`], or a
/// [`KinesisMessage<T>`](KinesisMessage), which is read from JSON.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_kinesis_record("clicks")]
/// async fn clicks(event: KinesisEvent) {
///     for record in &event {
///         tracing::info!(key = record.partition_key, "{} bytes", record.data.len());
///     }
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct KinesisEvent {
    /// The records, in order.
    pub records: Vec<KinesisRecord>,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
}

/// One record of a Kinesis stream.
#[derive(Clone)]
#[non_exhaustive]
pub struct KinesisRecord {
    /// The data, decoded.
    pub data: Bytes,
    /// The sequence number of the record in its shard.
    pub sequence_number: String,
    /// The partition key, which determines the shard.
    pub partition_key: String,
    /// The version of the record's format: `1.0`.
    pub schema_version: String,
    /// The approximate time of arrival.
    pub timestamp: SystemTime,
    /// The ARN of the stream.
    pub event_source_arn: String,
    original: RawEvent,
}

/// A record of a Kinesis stream whose data is read from JSON. The handler runs once for each record.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(serde::Deserialize)]
/// struct Click { page: String }
///
/// #[on_kinesis_record("clicks")]
/// async fn click(message: KinesisMessage<Click>) {
///     tracing::info!(page = message.body.page, "click");
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone)]
pub struct KinesisMessage<T> {
    /// The data of the record.
    pub body: T,
    /// The record as it arrived.
    pub record: KinesisRecord,
}

#[derive(Deserialize)]
struct Record {
    kinesis: Option<Payload>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    data: Option<String>,
    sequence_number: Option<String>,
    partition_key: Option<String>,
    kinesis_schema_version: Option<String>,
    approximate_arrival_timestamp: Option<f64>,
}

impl KinesisEvent {
    #[inline]
    fn read(original: RawEvent, context: Context) -> Result<Self> {
        let places = places_of_records(&original).into_iter().chain(std::iter::repeat(0..0));
        let each = wire::records(&original, WHAT)?.into_iter().zip(places).enumerate();
        let each =
            each.map(|(index, (record, place))| KinesisRecord::of(record, index, original.part(place)));
        let records = each.collect::<Result<_>>()?;
        Ok(KinesisEvent { records, context, original })
    }

    #[inline]
    fn write(&self) -> Result<Value> {
        let mut document = self.original.value()?;
        let mut old = OldRecords::take(&mut document, |record| record["kinesis"]["sequenceNumber"].as_str());
        let records =
            self.records.iter().map(|record| record.write(old.find(&record.sequence_number))).collect();
        set(&mut document, "Records", Value::Array(records));
        Ok(document)
    }
}

impl KinesisRecord {
    #[inline]
    fn of(record: Record, index: usize, original: RawEvent) -> Result<Self> {
        let path = |member: &str| format!("Records[{index}].{member}");
        // EventBridge Pipes sends the payload's members beside the others.
        let flat =
            || serde_json::from_slice(original.bytes()).ok().filter(|flat: &Payload| flat.data.is_some());
        let kinesis = record.kinesis.or_else(flat).ok_or_else(|| missing(WHAT, &path("kinesis")))?;
        let data = kinesis.data.ok_or_else(|| missing(WHAT, &path("kinesis.data")))?;
        let data =
            STANDARD.decode(data).map_err(|_| unfit(WHAT, &path("kinesis.data"), "it is not base64"))?;
        Ok(KinesisRecord {
            data: data.into(),
            sequence_number: kinesis.sequence_number.unwrap_or_default(),
            partition_key: kinesis.partition_key.unwrap_or_default(),
            schema_version: kinesis.kinesis_schema_version.unwrap_or_default(),
            timestamp: time_of(kinesis.approximate_arrival_timestamp),
            event_source_arn: record.event_source_arn.unwrap_or_default(),
            original,
        })
    }

    #[inline]
    fn write(&self, mut old: Value) -> Value {
        if old.is_null() {
            put(&mut old, "eventSource", "aws:kinesis");
        }
        put(&mut old, "eventSourceARN", self.event_source_arn.clone());
        let kinesis = child(&mut old, "kinesis");
        // The member is always written: a record must have it.
        set(kinesis, "data", STANDARD.encode(&self.data));
        put(kinesis, "sequenceNumber", self.sequence_number.clone());
        put(kinesis, "partitionKey", self.partition_key.clone());
        put(kinesis, "kinesisSchemaVersion", self.schema_version.clone());
        if time_of(kinesis["approximateArrivalTimestamp"].as_f64()) != self.timestamp {
            put(kinesis, "approximateArrivalTimestamp", seconds_of(self.timestamp));
        }
        old
    }
}

event_with_json_answer!(KinesisEvent, Kinesis);
batch_of!(KinesisEvent, KinesisRecord, sequence_number, |_| Some("the shard"));

impl Default for KinesisRecord {
    /// A record without data, with the time 1970-01-01.
    fn default() -> Self {
        KinesisRecord {
            data: Bytes::new(),
            sequence_number: String::new(),
            partition_key: String::new(),
            schema_version: String::new(),
            timestamp: SystemTime::UNIX_EPOCH,
            event_source_arn: String::new(),
            original: RawEvent::default(),
        }
    }
}

impl fmt::Debug for KinesisRecord {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KinesisRecord")
            .field("data", &Hidden(self.data.len()))
            .field("sequence_number", &self.sequence_number)
            .field("partition_key", &Hidden(self.partition_key.len()))
            .field("schema_version", &self.schema_version)
            .field("timestamp", &self.timestamp)
            .field("event_source_arn", &self.event_source_arn)
            .finish()
    }
}

/// The binding of a handler: a stream, by its name.
#[derive(Debug)]
pub struct Stream(pub &'static str);

impl EventBinding for Stream {
    type Source = Kinesis;

    fn describe(&self) -> String {
        format!("stream `{}`", self.0)
    }

    fn settings(&self) -> Value {
        stream_settings("stream", self.0)
    }
}

impl Source for Kinesis {
    type Binding = Stream;
    type Record = KinesisRecord;

    #[inline]
    fn fits(event: &KinesisEvent) -> impl Fn(&Stream, &str) -> Fit {
        let arn = event.source_arn();
        move |Stream(stream), _| Fit::when(arn.is_empty() || *stream == stream_name(&arn))
    }

    #[inline]
    fn origin(event: &KinesisEvent) -> String {
        format!("a Kinesis batch of stream {}", quoted(stream_name(&event.source_arn())))
    }
}

/// The name in `arn:aws:kinesis:region:account:stream/name`, with or without a consumer after it.
#[inline]
fn stream_name(arn: &str) -> &str {
    resource(arn).split('/').nth(1).unwrap_or(arn)
}

impl<T: DeserializeOwned> EventArgument<KinesisEvent> for KinesisMessage<T> {
    const EACH: bool = true;

    fn take(event: &mut KinesisEvent) -> Result<Self> {
        let record = KinesisRecord::take(event)?;
        Ok(KinesisMessage { body: said(&record.data, "the data of the record")?, record })
    }
}
