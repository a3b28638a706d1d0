//! Shared code of the events: reading and writing their JSON, and the common parts of their traits.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::RawEvent;
use crate::error::{Error, PayloadError, Result};
use crate::json::{Scan, fault_path, json_fault, not_text, read_json};

/// Reads the JSON of an event. `what` names it in messages, such as `SNS event`.
pub(super) fn parse<T: DeserializeOwned>(original: &RawEvent, what: &str) -> Result<T> {
    // One UTF-8 check of the whole is cheaper than one for each string.
    match str::from_utf8(original.bytes()) {
        Ok(text) => serde_json::from_str(text).map_err(|error| unreadable(original, &error, what)),
        Err(_) => Err(format!("the event is not JSON: {}", not_text(original.bytes())).into()),
    }
}

fn unreadable(original: &RawEvent, error: &serde_json::Error, what: &str) -> Error {
    let text = json_fault(error);
    if !error.is_data() {
        return format!("the event is not JSON: {text}").into();
    }
    match fault_path(original.bytes(), error) {
        path if path.is_empty() => format!("this is no {what}: {text}").into(),
        path => unfit(what, &path, &text),
    }
}

/// Records, read into a list with room for a usual batch.
pub(super) struct Records<R>(pub(super) Vec<R>);

/// The default batch size of a queue, and the largest one without a batching window.
pub(super) const BATCH: usize = 10;

impl<'de, R: Deserialize<'de>> Deserialize<'de> for Records<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(RecordsVisitor(PhantomData)).map(Records)
    }
}

struct RecordsVisitor<R>(PhantomData<R>);

impl<'de, R: Deserialize<'de>> Visitor<'de> for RecordsVisitor<R> {
    type Value = Vec<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<Vec<R>, A::Error> {
        let mut read = Vec::with_capacity(BATCH);
        while let Some(record) = records.next_element()? {
            read.push(record);
        }
        Ok(read)
    }
}

/// The error for a member of the wrong form.
pub(super) fn unfit(what: &str, path: &str, fault: &str) -> Error {
    format!("this is no {what}: `{}`: {fault}", path.escape_debug()).into()
}

/// The error for a missing required member.
pub(super) fn missing(what: &str, path: &str) -> Error {
    format!("this is no {what}: `{path}` is missing").into()
}

/// A document of which only the records are read.
#[derive(Deserialize)]
struct Document<R> {
    #[serde(rename = "Records")]
    records: Option<Vec<R>>,
}

/// The records of a document.
pub(super) fn records<R: DeserializeOwned>(original: &RawEvent, what: &str) -> Result<Vec<R>> {
    let document: Document<R> = parse(original, what)?;
    document.records.ok_or_else(|| missing(what, "Records"))
}

/// The places of a document's records, to be kept as they arrived.
pub(super) fn places_of_records(original: &RawEvent) -> Vec<Range<usize>> {
    fn places(text: &str) -> Option<Vec<Range<usize>>> {
        let (mut places, mut scan) = (Vec::new(), Scan::new(text));
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "Records" => places = scan.list(BATCH, place)?,
                _ => scan.skip()?,
            }
        }
        Some(places)
    }
    str::from_utf8(original.bytes()).ok().and_then(places).unwrap_or_default()
}

/// The place of the next value, which is skipped.
pub(super) fn place(scan: &mut Scan<'_>) -> Option<Range<usize>> {
    scan.peek()?;
    let start = scan.position();
    scan.skip()?;
    Some(start..scan.position())
}

/// The ARN that a batch without records comes from: the last call of a window has none.
pub(super) fn source_of_empty(original: &RawEvent) -> String {
    let arn = original.member("eventSourceARN").and_then(|arn| serde_json::from_str(arn).ok());
    arn.unwrap_or_default()
}

/// Reads a time in seconds since 1970, to the microsecond: an `f64` is not exact beyond that.
pub(super) fn time_of(seconds: Option<f64>) -> SystemTime {
    let micros = (seconds.unwrap_or_default() * 1e6).round();
    // `as` saturates, so negative numbers and NaN become 1970.
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_micros(micros as u64)).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Writes a time in seconds since 1970.
pub(super) fn seconds_of(time: SystemTime) -> Value {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    if since.subsec_nanos() == 0 { since.as_secs().into() } else { since.as_secs_f64().into() }
}

/// An absent object as an empty one.
pub(super) fn object(value: Option<Value>) -> Value {
    value.unwrap_or_else(|| Map::new().into())
}

/// Replaces a value that is not an object by an empty one, so that members can be written.
fn make_object(value: &mut Value) {
    if !value.is_object() {
        *value = Map::new().into();
    }
}

/// The member of an object. Inserts null if it is absent.
pub(super) fn child<'a>(value: &'a mut Value, name: &str) -> &'a mut Value {
    make_object(value);
    &mut value[name]
}

/// Writes a member.
pub(super) fn set(value: &mut Value, name: &str, new: impl Into<Value>) {
    *child(value, name) = new.into();
}

/// Writes a member. A member that was absent or null stays so if the new value is empty.
pub(super) fn put(value: &mut Value, name: &str, new: impl Into<Value>) {
    let new = new.into();
    if !(is_nothing(&new) && value.get(name).is_none_or(Value::is_null)) {
        set(value, name, new);
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The records of the original document, by id.
pub(super) struct OldRecords(std::collections::HashMap<String, Vec<Value>>);

impl OldRecords {
    /// Takes the records out of the document.
    pub(super) fn take(document: &mut Value, id: impl Fn(&Value) -> Option<&str>) -> Self {
        let mut records = OldRecords(Default::default());
        if let Value::Array(old) = child(document, "Records").take() {
            // In reverse, so that the first of several with the same id is popped first.
            for record in old.into_iter().rev() {
                let key = id(&record).unwrap_or_default().to_owned();
                records.0.entry(key).or_default().push(record);
            }
        }
        records
    }

    /// The record as it arrived. Null if the original has none with this id.
    pub(super) fn find(&mut self, id: &str) -> Value {
        self.0.get_mut(id).and_then(Vec::pop).unwrap_or_default()
    }
}

/// Reads a message as JSON. If it is not JSON or does not fit, and `T` takes text, it is read as text.
pub(super) fn said<T: DeserializeOwned>(bytes: &[u8], what: &str) -> Result<T> {
    read_json(bytes).or_else(|fault| {
        let text = str::from_utf8(bytes).ok().map(Value::from);
        text.and_then(|text| T::deserialize(text).ok())
            .ok_or_else(|| PayloadError::new(fault.sentence(what)).into())
    })
}

/// Implements the traits of an event that is answered with JSON. The type has the functions `read`, `read_each` and
/// `write`.
macro_rules! event_with_json_answer {
    ($event:ident, $variant:ident) => {
        impl $crate::event::Event for $event {
            type Response = ::serde_json::Value;

            fn kind(&self) -> $crate::kind::Kind {
                $crate::kind::Kind::$variant
            }

            fn context(&self) -> &$crate::context::Context {
                &self.context
            }

            fn original(&self) -> &::serde_json::value::RawValue {
                $crate::event::alone::Arrived::arrived(&self.original).raw()
            }
        }

        impl $crate::event::EventInternal for $event {
            type Answer = ::serde_json::Value;

            #[allow(private_interfaces)]
            #[inline]
            fn decode(
                original: $crate::event::RawEvent,
                context: $crate::context::Context,
            ) -> $crate::error::Result<Self> {
                Self::read(original, context)
            }

            #[allow(private_interfaces)]
            #[inline]
            fn decode_each(
                original: $crate::event::RawEvent,
                context: $crate::context::Context,
            ) -> $crate::error::Result<Vec<Self>> {
                Self::read_each(original, context)
            }

            fn context_mut(&mut self) -> &mut $crate::context::Context {
                &mut self.context
            }

            #[inline]
            fn to_value(&self) -> $crate::error::Result<::serde_json::Value> {
                self.write()
            }

            #[inline]
            fn moved(&mut self) -> Self {
                ::std::mem::take(self)
            }
        }
    };
}

/// Implements iteration over the records of a batch, and handlers of single records. `$id` is the field that identifies
/// a record, `$group` gives the group whose order it belongs to.
macro_rules! batch_of {
    ($event:ident, $record:ident, $id:ident, $group:expr) => {
        impl $crate::event::Record<$event> for $record {
            fn take_all(event: &mut $event) -> $crate::error::Result<Vec<Self>> {
                Ok(::std::mem::take(&mut event.records))
            }

            fn put_alone(self, event: &mut $event) {
                event.records.clear();
                event.records.push(self);
            }

            fn id(&self) -> ::serde_json::Value {
                self.$id.as_str().into()
            }

            fn group(&self) -> Option<&str> {
                let group: fn(&$record) -> Option<&str> = $group;
                group(self)
            }
        }

        impl $crate::event::Reported for $record {}

        impl $crate::event::EventArgument<$event> for $record {
            const EACH: bool = true;

            fn take(event: &mut $event) -> $crate::error::Result<Self> {
                event.records.pop().ok_or_else(|| "the batch holds no record any more".into())
            }
        }

        impl $record {
            /// The JSON of the record as it arrived, with the members that its fields lack. `null` for a record that
            /// the program has made.
            ///
            /// ```
            /// use chalice_rt::prelude::*;
            ///
            #[doc = concat!("let record = ", stringify!($record), "::default();")]
            /// assert_eq!(record.original().get(), "null");
            /// ```
            pub fn original(&self) -> &::serde_json::value::RawValue {
                self.original.raw()
            }
        }

        impl $event {
            /// The ARN that the batch comes from: of its first record, or of the batch if it has none.
            #[inline]
            fn source_arn(&self) -> ::std::borrow::Cow<'_, str> {
                match self.records.first() {
                    Some(record) => record.event_source_arn.as_str().into(),
                    None => $crate::event::wire::source_of_empty(&self.original).into(),
                }
            }

            /// The records, in order.
            pub fn iter(&self) -> ::std::slice::Iter<'_, $record> {
                self.records.iter()
            }

            #[inline]
            fn read_each(
                original: $crate::event::RawEvent,
                context: $crate::context::Context,
            ) -> $crate::error::Result<Vec<Self>> {
                Ok(vec![Self::read(original.with_records(), context)?])
            }
        }

        impl<'a> IntoIterator for &'a $event {
            type Item = &'a $record;
            type IntoIter = ::std::slice::Iter<'a, $record>;

            fn into_iter(self) -> Self::IntoIter {
                self.records.iter()
            }
        }

        impl<'a> IntoIterator for &'a mut $event {
            type Item = &'a mut $record;
            type IntoIter = ::std::slice::IterMut<'a, $record>;

            fn into_iter(self) -> Self::IntoIter {
                self.records.iter_mut()
            }
        }

        impl IntoIterator for $event {
            type Item = $record;
            type IntoIter = ::std::vec::IntoIter<$record>;

            fn into_iter(self) -> Self::IntoIter {
                self.records.into_iter()
            }
        }
    };
}

pub(super) use {batch_of, event_with_json_answer};
