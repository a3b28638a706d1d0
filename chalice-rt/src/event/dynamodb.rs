//! The event of DynamoDB Streams: a batch of changes to a table.

use std::fmt;
use std::time::SystemTime;

use serde::Deserialize;
use serde_json::Value;

use super::describe::quoted;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, Source, stream_settings};
use super::wire::{
    self, OldRecords, batch_of, child, event_with_json_answer, missing, places_of_records, put, seconds_of,
    set, time_of,
};
use super::{DynamoDb, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::json::Keys;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape = Shape::new(
    Marks::Records { service: "dynamodb", member: "dynamodb" },
    "a DynamoDB event (`Records[0]` is from DynamoDB)",
);

const WHAT: &str = "DynamoDB event";

/// A batch of changes to a DynamoDB table.
///
/// A handler takes the whole batch, or one [`DynamoDbRecord`] at a time.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026-11-21T00:00:00.000")]
/// async fn changes(event: DynamoDbEvent) {
///     for record in &event {
///         tracing::info!(table = record.table_name(), "{}", record.event_name);
///     }
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DynamoDbEvent {
    /// The changes, in order.
    pub records: Vec<DynamoDbRecord>,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
}

/// One change to a DynamoDB table. Keys and images are in DynamoDB JSON: `{"id": {"S": "1"}}`.
#[derive(Clone)]
#[non_exhaustive]
pub struct DynamoDbRecord {
    /// `INSERT`, `MODIFY` or `REMOVE`.
    pub event_name: String,
    /// The id of the change.
    pub event_id: String,
    /// The region of the table.
    pub aws_region: String,
    /// The ARN of the stream.
    pub event_source_arn: String,
    /// The sequence number of the change in the stream.
    pub sequence_number: String,
    /// The view type of the stream, such as `NEW_AND_OLD_IMAGES`.
    pub stream_view_type: String,
    /// The key of the item. Null if absent.
    pub keys: Value,
    /// The item after the change.
    pub new_image: Option<Value>,
    /// The item before the change.
    pub old_image: Option<Value>,
    /// The size of the change in bytes.
    pub size_bytes: u64,
    /// The approximate time of the change.
    pub timestamp: SystemTime,
    user_identity: Option<Value>,
    original: RawEvent,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    event_name: Option<String>,
    #[serde(rename = "eventID")]
    event_id: Option<String>,
    aws_region: Option<String>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
    dynamodb: Option<Change>,
    user_identity: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    sequence_number: Option<String>,
    stream_view_type: Option<String>,
    keys: Option<Value>,
    new_image: Option<Value>,
    old_image: Option<Value>,
    size_bytes: Option<u64>,
    approximate_creation_date_time: Option<f64>,
}

impl DynamoDbEvent {
    #[inline]
    fn read(original: RawEvent, context: Context) -> Result<Self> {
        let places = places_of_records(&original).into_iter().chain(std::iter::repeat(0..0));
        let each = wire::records(&original, WHAT)?.into_iter().zip(places).enumerate();
        let each =
            each.map(|(index, (record, place))| DynamoDbRecord::of(record, index, original.part(place)));
        let records = each.collect::<Result<_>>()?;
        Ok(DynamoDbEvent { records, context, original })
    }

    #[inline]
    fn write(&self) -> Result<Value> {
        let mut document = self.original.value()?;
        let mut old = OldRecords::take(&mut document, |record| record["dynamodb"]["SequenceNumber"].as_str());
        let records =
            self.records.iter().map(|record| record.write(old.find(&record.sequence_number))).collect();
        set(&mut document, "Records", Value::Array(records));
        Ok(document)
    }
}

impl DynamoDbRecord {
    /// The name of the table, from the ARN of the stream. Empty if the ARN is malformed.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut record = DynamoDbRecord::default();
    /// record.event_source_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026".to_owned();
    /// assert_eq!(record.table_name(), "users");
    /// ```
    pub fn table_name(&self) -> &str {
        table_of(&self.event_source_arn)
    }

    /// The author of the change, if it was a service: `{"type": "Service", "principalId": "dynamodb.amazonaws.com"}`
    /// for an expired item.
    pub fn user_identity(&self) -> Option<&Value> {
        self.user_identity.as_ref()
    }

    #[inline]
    fn of(record: Record, index: usize, original: RawEvent) -> Result<Self> {
        let change = record.dynamodb.ok_or_else(|| missing(WHAT, &format!("Records[{index}].dynamodb")))?;
        Ok(DynamoDbRecord {
            event_name: record.event_name.unwrap_or_default(),
            event_id: record.event_id.unwrap_or_default(),
            aws_region: record.aws_region.unwrap_or_default(),
            event_source_arn: record.event_source_arn.unwrap_or_default(),
            sequence_number: change.sequence_number.unwrap_or_default(),
            stream_view_type: change.stream_view_type.unwrap_or_default(),
            keys: change.keys.unwrap_or_default(),
            new_image: change.new_image,
            old_image: change.old_image,
            size_bytes: change.size_bytes.unwrap_or_default(),
            timestamp: time_of(change.approximate_creation_date_time),
            user_identity: record.user_identity,
            original,
        })
    }

    #[inline]
    fn write(&self, mut old: Value) -> Value {
        if old.is_null() {
            put(&mut old, "eventSource", "aws:dynamodb");
        }
        put(&mut old, "eventName", self.event_name.clone());
        put(&mut old, "eventID", self.event_id.clone());
        put(&mut old, "awsRegion", self.aws_region.clone());
        put(&mut old, "eventSourceARN", self.event_source_arn.clone());
        self.write_change(child(&mut old, "dynamodb"));
        old
    }

    #[inline]
    fn write_change(&self, change: &mut Value) {
        put(change, "SequenceNumber", self.sequence_number.clone());
        put(change, "StreamViewType", self.stream_view_type.clone());
        put(change, "Keys", self.keys.clone());
        put(change, "NewImage", self.new_image.clone().unwrap_or_default());
        put(change, "OldImage", self.old_image.clone().unwrap_or_default());
        if change["SizeBytes"].as_u64().unwrap_or_default() != self.size_bytes {
            put(change, "SizeBytes", self.size_bytes);
        }
        if time_of(change["ApproximateCreationDateTime"].as_f64()) != self.timestamp {
            put(change, "ApproximateCreationDateTime", seconds_of(self.timestamp));
        }
    }
}

event_with_json_answer!(DynamoDbEvent, DynamoDb);
batch_of!(DynamoDbEvent, DynamoDbRecord, sequence_number, |_| Some("the shard"));

impl Default for DynamoDbRecord {
    /// An empty change, with the time 1970-01-01.
    fn default() -> Self {
        DynamoDbRecord {
            event_name: String::new(),
            event_id: String::new(),
            aws_region: String::new(),
            event_source_arn: String::new(),
            sequence_number: String::new(),
            stream_view_type: String::new(),
            keys: Value::Null,
            new_image: None,
            old_image: None,
            size_bytes: 0,
            timestamp: SystemTime::UNIX_EPOCH,
            user_identity: None,
            original: RawEvent::default(),
        }
    }
}

impl fmt::Debug for DynamoDbRecord {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoDbRecord")
            .field("event_name", &self.event_name)
            .field("event_id", &self.event_id)
            .field("event_source_arn", &self.event_source_arn)
            .field("sequence_number", &self.sequence_number)
            .field("keys", &Keys(&self.keys))
            .field("new_image", &self.new_image.as_ref().map(Keys))
            .field("old_image", &self.old_image.as_ref().map(Keys))
            .field("size_bytes", &self.size_bytes)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}

/// The binding of a handler: the stream of a table, by the stream's ARN or the table's name.
#[derive(Debug)]
pub struct TableStream(pub &'static str);

impl EventBinding for TableStream {
    type Source = DynamoDb;

    fn describe(&self) -> String {
        format!("table stream `{}`", self.0)
    }

    fn settings(&self) -> Value {
        stream_settings("stream_arn", self.0)
    }
}

impl Source for DynamoDb {
    type Binding = TableStream;
    type Record = DynamoDbRecord;

    #[inline]
    fn fits(event: &DynamoDbEvent) -> impl Fn(&TableStream, &str) -> Fit {
        let arn = event.source_arn();
        move |TableStream(to), _| Fit::when(arn.is_empty() || *to == arn || *to == table_of(&arn))
    }

    #[inline]
    fn origin(event: &DynamoDbEvent) -> String {
        format!("a DynamoDB batch of table {}", quoted(table_of(&event.source_arn())))
    }
}

/// The name in `arn:aws:dynamodb:region:account:table/name/stream/label`.
#[inline]
fn table_of(arn: &str) -> &str {
    let resource = arn.split(':').nth(5).unwrap_or_default();
    resource.split('/').nth(1).unwrap_or_default()
}
