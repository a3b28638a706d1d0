//! The event of SQS: a batch of messages of a queue.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::describe::quoted;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, Source, resource};
use super::wire::{
    self, BATCH, OldRecords, Records, batch_of, event_with_json_answer, missing, object, places_of_records,
    put, said, set,
};
use super::{EventArgument, RawEvent, Sqs};
use crate::context::Context;
use crate::error::Result;
use crate::json::{Hidden, Keys, Scan};

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape = Shape::new(
    Marks::Records { service: "sqs", member: "receiptHandle" },
    "an SQS event (`Records[0]` is from SQS)",
);

const WHAT: &str = "SQS event";

/// The depth limit for the attributes of a message: one more than they are nested.
const DEPTH: usize = 4;

/// A batch of messages of an SQS queue.
///
/// A handler takes the whole batch, or one message at a time: an [`SqsRecord`], or an [`SqsMessage<T>`](SqsMessage),
/// which is read from JSON.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_sqs_message("jobs", batch_size = 10)]
/// async fn jobs(event: SqsEvent) {
///     for record in &event {
///         tracing::info!(id = record.message_id, "{} bytes", record.body.len());
///     }
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SqsEvent {
    /// The messages, in order.
    pub records: Vec<SqsRecord>,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
}

/// One message of an SQS queue.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct SqsRecord {
    /// The text of the message.
    pub body: String,
    /// The id of the message.
    pub message_id: String,
    /// The receipt handle, which deletes the message.
    pub receipt_handle: String,
    /// The attributes that SQS sets, such as `ApproximateReceiveCount` and, for FIFO queues, `MessageGroupId`.
    pub attributes: Value,
    /// The attributes that the sender set.
    pub message_attributes: Value,
    /// The ARN of the queue.
    pub event_source_arn: String,
    original: RawEvent,
}

/// A message of an SQS queue whose body is read from JSON. The handler runs once for each message.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(serde::Deserialize)]
/// struct Job { id: u64 }
///
/// #[on_sqs_message("jobs", batch_size = 10)]
/// async fn job(message: SqsMessage<Job>) {
///     tracing::info!(id = message.body.id, message = message.record.message_id, "job");
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone)]
pub struct SqsMessage<T> {
    /// The content of the message.
    pub body: T,
    /// The message as it arrived.
    pub record: SqsRecord,
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "Records")]
    records: Option<Records<Record>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    body: Option<String>,
    message_id: Option<String>,
    receipt_handle: Option<String>,
    attributes: Option<Value>,
    message_attributes: Option<Value>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
    /// The range of the record in the document.
    #[serde(skip)]
    place: Range<usize>,
}

impl SqsEvent {
    #[inline]
    fn read(original: RawEvent, context: Context) -> Result<Self> {
        let records = match str::from_utf8(original.bytes()).ok().and_then(scanned) {
            Some(records) => records,
            None => read_slowly(&original)?,
        };
        let each = records.into_iter().enumerate();
        let records =
            each.map(|(index, record)| SqsRecord::of(record, index, &original)).collect::<Result<_>>()?;
        Ok(SqsEvent { records, context, original })
    }

    #[inline]
    fn write(&self) -> Result<Value> {
        let mut document = self.original.value()?;
        let mut old = OldRecords::take(&mut document, |record| record["messageId"].as_str());
        let records = self.records.iter().map(|record| record.write(old.find(&record.message_id))).collect();
        set(&mut document, "Records", Value::Array(records));
        Ok(document)
    }
}

/// Reads the records with the fast scanner. `None` means: fall back to serde, which reports the error.
#[inline]
fn scanned(text: &str) -> Option<Vec<Record>> {
    let (mut records, mut scan) = (None, Scan::new(text));
    scan.object()?;
    while let Some(key) = scan.key()? {
        match &*key {
            "Records" => records = Some(scan.list(BATCH, Record::scan)?),
            _ => scan.skip()?,
        }
    }
    records.filter(|_| scan.is_done())
}

#[inline]
fn read_slowly(original: &RawEvent) -> Result<Vec<Record>> {
    let document: Document = wire::parse(original, WHAT)?;
    let Records(mut records) = document.records.ok_or_else(|| missing(WHAT, "Records"))?;
    for (record, place) in records.iter_mut().zip(places_of_records(original)) {
        record.place = place;
    }
    Ok(records)
}

impl Record {
    #[inline]
    fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let mut record = Record::default();
        scan.peek()?;
        let start = scan.position();
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "body" => record.body = text(scan)?,
                "messageId" => record.message_id = text(scan)?,
                "receiptHandle" => record.receipt_handle = text(scan)?,
                "attributes" => record.attributes = scan.optional_value(DEPTH)?,
                "messageAttributes" => record.message_attributes = scan.optional_value(DEPTH)?,
                "eventSourceARN" => record.event_source_arn = text(scan)?,
                _ => scan.skip()?,
            }
        }
        record.place = start..scan.position();
        Some(record)
    }
}

#[inline]
fn text(scan: &mut Scan<'_>) -> Option<Option<String>> {
    Some(scan.optional_string()?.map(Cow::into_owned))
}

impl SqsRecord {
    #[inline]
    fn of(record: Record, index: usize, original: &RawEvent) -> Result<Self> {
        Ok(SqsRecord {
            body: record.body.ok_or_else(|| missing(WHAT, &format!("Records[{index}].body")))?,
            message_id: record.message_id.unwrap_or_default(),
            receipt_handle: record.receipt_handle.unwrap_or_default(),
            attributes: object(record.attributes),
            message_attributes: object(record.message_attributes),
            event_source_arn: record.event_source_arn.unwrap_or_default(),
            original: original.part(record.place),
        })
    }

    /// How often the message has been received, this time included. 0 if SQS has not sent the number.
    pub fn receive_count(&self) -> u32 {
        self.told("ApproximateReceiveCount").and_then(|count| count.parse().ok()).unwrap_or_default()
    }

    /// When the message was sent, to the millisecond.
    pub fn sent_at(&self) -> Option<SystemTime> {
        let millis = self.told("SentTimestamp")?.parse().ok()?;
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis))
    }

    /// The group in which the message stays in order.
    pub fn group_id(&self) -> Option<&str> {
        self.told("MessageGroupId")
    }

    /// The text of an attribute that the sender gave the message.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut record = SqsRecord::default();
    /// record.message_attributes = json!({"trace": {"stringValue": "abc", "dataType": "String"}});
    /// assert_eq!(record.attribute("trace"), Some("abc"));
    /// ```
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.message_attributes.get(name)?.get("stringValue")?.as_str()
    }

    /// The attribute of this name that SQS has set.
    fn told(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)?.as_str()
    }

    /// The message group, in a FIFO queue.
    fn fifo_group(&self) -> Option<&str> {
        self.group_id().filter(|_| self.event_source_arn.ends_with(".fifo"))
    }

    #[inline]
    fn write(&self, mut old: Value) -> Value {
        if old.is_null() {
            put(&mut old, "eventSource", "aws:sqs");
        }
        // The member is always written: a record must have it.
        set(&mut old, "body", self.body.clone());
        put(&mut old, "messageId", self.message_id.clone());
        put(&mut old, "receiptHandle", self.receipt_handle.clone());
        put(&mut old, "attributes", self.attributes.clone());
        put(&mut old, "messageAttributes", self.message_attributes.clone());
        put(&mut old, "eventSourceARN", self.event_source_arn.clone());
        old
    }
}

event_with_json_answer!(SqsEvent, Sqs);
batch_of!(SqsEvent, SqsRecord, message_id, SqsRecord::fifo_group);

impl fmt::Debug for SqsRecord {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqsRecord")
            .field("body", &Hidden(self.body.len()))
            .field("message_id", &self.message_id)
            .field("receipt_handle", &Hidden(self.receipt_handle.len()))
            .field("attributes", &Keys(&self.attributes))
            .field("message_attributes", &Keys(&self.message_attributes))
            .field("event_source_arn", &self.event_source_arn)
            .finish()
    }
}

/// The binding of a handler: a queue.
#[derive(Debug)]
pub enum Queue {
    /// A queue by its name.
    Named(&'static str),
    /// A queue by its ARN.
    Arn(&'static str),
}

impl EventBinding for Queue {
    type Source = Sqs;

    fn describe(&self) -> String {
        let (Queue::Named(queue) | Queue::Arn(queue)) = self;
        format!("queue `{queue}`")
    }

    fn settings(&self) -> Value {
        let (name, queue) = match self {
            Queue::Named(queue) => ("queue", queue),
            Queue::Arn(arn) => ("queue_arn", arn),
        };
        json!({name: queue, "batch_size": 1, "maximum_batching_window_in_seconds": 0})
    }
}

impl Source for Sqs {
    type Binding = Queue;
    type Record = SqsRecord;

    #[inline]
    fn fits(event: &SqsEvent) -> impl Fn(&Queue, &str) -> Fit {
        let arn = event.source_arn();
        move |queue, _| match queue {
            // A handwritten event without records may not name its queue.
            _ if arn.is_empty() => Fit::Exactly,
            Queue::Named(queue) => Fit::when(resource(&arn) == *queue),
            Queue::Arn(queue) => Fit::when(arn == *queue),
        }
    }

    #[inline]
    fn origin(event: &SqsEvent) -> String {
        format!("an SQS batch of queue {}", quoted(resource(&event.source_arn())))
    }
}

impl<T: DeserializeOwned> EventArgument<SqsEvent> for SqsMessage<T> {
    const EACH: bool = true;

    fn take(event: &mut SqsEvent) -> Result<Self> {
        let record = SqsRecord::take(event)?;
        Ok(SqsMessage { body: said(record.body.as_bytes(), "the body of the message")?, record })
    }
}
