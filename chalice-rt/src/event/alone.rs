//! Documents in which each record is an event of its own, as SNS and S3 send them.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::RawEvent;
use super::wire::{places_of_records, records, set};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::{Scan, read_any};

/// The events of a document in which each record is an event.
pub(super) fn each<R: DeserializeOwned, E>(
    what: &str,
    original: RawEvent,
    context: Context,
    of: impl Fn(R, usize, Alone, Context) -> Result<E>,
) -> Result<Vec<E>> {
    let records = records(&original, what)?;
    if records.is_empty() {
        return Err(no_records(what));
    }
    let (places, others) = (places_of_records(&original), Arc::new(others_of(&original)));
    let places = places.into_iter().chain(std::iter::repeat(0..0));
    let shared = std::iter::repeat_n((original, others, context), records.len());
    let each = records.into_iter().zip(places).enumerate().zip(shared);
    each.map(|((index, (record, place)), (original, others, context))| {
        let alone = Alone { record: original.part(place), original, others };
        of(record, index, alone, context)
    })
    .collect()
}

/// A record of a document in which each record is an event. The document is split once for all of them, because reading
/// it for each record would have quadratic cost.
#[derive(Debug, Clone, Default)]
pub(super) struct Alone {
    original: RawEvent,
    record: RawEvent,
    /// The document's other members.
    others: Arc<Map<String, Value>>,
}

impl Alone {
    /// The document with this record only, after `change`.
    pub(super) fn document(&self, change: impl FnOnce(&mut Value)) -> Result<Value> {
        let mut record = self.record.value()?;
        change(&mut record);
        let mut document = Value::Object((*self.others).clone());
        set(&mut document, "Records", Value::Array(vec![record]));
        Ok(document)
    }
}

/// The part of its document that an event keeps.
pub(super) trait Arrived {
    /// The document as it arrived.
    fn arrived(&self) -> &RawEvent;
}

impl Arrived for RawEvent {
    fn arrived(&self) -> &RawEvent {
        self
    }
}

impl Arrived for Alone {
    fn arrived(&self) -> &RawEvent {
        &self.original
    }
}

fn others_of(original: &RawEvent) -> Map<String, Value> {
    fn others(text: &str) -> Option<Map<String, Value>> {
        let (mut others, mut scan) = (Map::new(), Scan::new(text));
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "Records" => scan.skip()?,
                _ => _ = others.insert(key.into_owned(), read_any(scan.raw()?.unwrap_or("null"))?),
            }
        }
        Some(others)
    }
    str::from_utf8(original.bytes()).ok().and_then(others).unwrap_or_default()
}

/// The first event of a document.
pub(super) fn first<E>(what: &str, events: Vec<E>) -> Result<E> {
    events.into_iter().next().ok_or_else(|| no_records(what))
}

fn no_records(what: &str) -> Error {
    format!("the {what} has no records: `Records` is empty").into()
}
