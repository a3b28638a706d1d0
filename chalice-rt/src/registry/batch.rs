//! Handlers of batches: called once with the whole event, or once for each record, with the answer that names the
//! records that failed.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::fit::Ends;
use crate::chain::{Handler, Node, ResponseFuture, step};
use crate::error::{Error, Result};
use crate::event::{
    AuthRequest, CloudWatchEvent, DynamoDbEvent, DynamoDbRecord, KinesisEvent, KinesisRecord,
    LambdaFunctionEvent, S3Event, SnsEvent, SqsEvent, SqsRecord, WebsocketEvent,
};
use crate::web::Request;

/// An event whose handlers can be called.
pub trait Handled: Ends {
    /// The node that calls a handler once for each record, for events that are lists of them.
    #[allow(private_interfaces)]
    fn each(handler: &'static dyn Handler<Self>, _partial: bool) -> &'static dyn Node<Self> {
        handler
    }
}

impl Handled for Request {}
impl Handled for WebsocketEvent {}
impl Handled for S3Event {}
impl Handled for SnsEvent {}
impl Handled for CloudWatchEvent {}
impl Handled for LambdaFunctionEvent {}
impl Handled for AuthRequest {}

/// An event that is a list of records.
trait Batch: Ends<Response = Value> {
    type Record: Send + 'static;

    fn records(&mut self) -> &mut Vec<Self::Record>;

    /// What names a record in the list of failures.
    fn id(record: &Self::Record) -> &str;

    /// What must stay in order: a failure ends the group. `None` for records that do not depend on each other.
    fn group(record: &Self::Record) -> Option<&str>;
}

impl Batch for SqsEvent {
    type Record = SqsRecord;

    fn records(&mut self) -> &mut Vec<SqsRecord> {
        &mut self.records
    }

    fn id(record: &SqsRecord) -> &str {
        &record.message_id
    }

    fn group(record: &SqsRecord) -> Option<&str> {
        let group = record.attributes.get("MessageGroupId").and_then(Value::as_str);
        group.filter(|_| record.event_source_arn.ends_with(".fifo"))
    }
}

impl Batch for KinesisEvent {
    type Record = KinesisRecord;

    fn records(&mut self) -> &mut Vec<KinesisRecord> {
        &mut self.records
    }

    fn id(record: &KinesisRecord) -> &str {
        &record.sequence_number
    }

    fn group(_record: &KinesisRecord) -> Option<&str> {
        Some("the shard")
    }
}

impl Batch for DynamoDbEvent {
    type Record = DynamoDbRecord;

    fn records(&mut self) -> &mut Vec<DynamoDbRecord> {
        &mut self.records
    }

    fn id(record: &DynamoDbRecord) -> &str {
        &record.sequence_number
    }

    fn group(_record: &DynamoDbRecord) -> Option<&str> {
        Some("the shard")
    }
}

macro_rules! handled_in_batches {
    ($($event:ty),*) => {
        $(impl Handled for $event {
            #[allow(private_interfaces)]
            #[inline]
            fn each(handler: &'static dyn Handler<Self>, partial: bool) -> &'static dyn Node<Self> {
                step(move |event, _next| each(handler, event, partial))
            }
        })*
    };
}

handled_in_batches!(SqsEvent, KinesisEvent, DynamoDbEvent);

/// Calls the handler with each record in turn, in an event that holds that one alone.
async fn each<E: Batch>(handler: &'static dyn Handler<E>, mut event: E, partial: bool) -> Result<Value> {
    let records = std::mem::take(event.records());
    let total = records.len();
    let mut failures = Failures::default();
    for record in records {
        let id = E::id(&record).to_owned();
        let group = E::group(&record).map(str::to_owned);
        if failures.stopped(group.as_deref()) {
            failures.not_run(id);
            continue;
        }
        event.records().clear();
        event.records().push(record);
        if let Err(error) = ResponseFuture::guarded(|| handler.call(&mut event)).await {
            failures.add(id, group, error);
        }
    }
    failures.answer(total, partial)
}

/// The records of a batch that failed, and those that were not run because of them.
#[derive(Default)]
struct Failures {
    ids: Vec<String>,
    stopped: HashSet<String>,
    first: Option<Error>,
}

impl Failures {
    fn stopped(&self, group: Option<&str>) -> bool {
        group.is_some_and(|group| self.stopped.contains(group))
    }

    fn not_run(&mut self, id: String) {
        self.ids.push(id);
    }

    fn add(&mut self, id: String, group: Option<String>, error: Error) {
        tracing::error!(record = id, error_type = error.type_name(), "a record failed: {error}");
        self.ids.push(id);
        self.stopped.extend(group);
        self.first.get_or_insert(error);
    }

    /// The answer, or the first error when nothing is left of the batch.
    fn answer(self, total: usize, partial: bool) -> Result<Value> {
        match self.first {
            Some(error) if !partial || self.ids.len() == total => Err(error),
            _ => {
                let failed: Vec<Value> = self.ids.iter().map(|id| json!({ "itemIdentifier": id })).collect();
                Ok(json!({ "batchItemFailures": failed }))
            }
        }
    }
}
