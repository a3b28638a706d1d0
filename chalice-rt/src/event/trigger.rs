//! `TriggerEvent`: the event of sources without an event type of their own.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::classify::{classify, shape_of};
use super::{Event, EventInternal, Payload, RawEvent};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::{read_json, read_value};
use crate::kind::Kind;

/// The event of sources without an event type of their own, such as a batch of Kafka records: its kind, where it comes
/// from, and its JSON.
///
/// A handler takes it whole, or any type with [`serde::Deserialize`] that its JSON fits.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_kafka_record("clicks")]
/// async fn clicks(event: TriggerEvent) -> Result<()> {
///     let payload: Value = event.payload()?;
///     tracing::info!(topic = event.source(), partitions = payload["records"].as_object().map(|all| all.len()), "clicks");
///     Ok(())
/// }
/// # fn main() {}
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct TriggerEvent {
    /// The context of the invocation.
    pub context: Context,
    kind: Kind,
    source: String,
    /// The JSON after a middleware has changed it.
    changed: Option<Value>,
    /// The current record, for a handler of single records.
    pub(super) record: Value,
    original: RawEvent,
}

impl TriggerEvent {
    /// Where the event comes from, in the terms of the attribute's binding, such as the topic of Kafka records. Empty
    /// if the event does not name it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Reads the JSON of the event as a `T`. Unless a middleware has called [`payload_mut`](TriggerEvent::payload_mut),
    /// it reads from the bytes that arrived.
    ///
    /// # Errors
    /// The JSON does not fit `T`. The text names the field, but not its value.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        let read = match &self.changed {
            Some(changed) => read_value(changed),
            None => read_json(self.original.bytes()),
        };
        read.map_err(|fault| format!("the event does not fit: {fault}").into())
    }

    /// The JSON of the event, for middleware that changes it. Code further in sees the change.
    pub fn payload_mut(&mut self) -> &mut Value {
        let original = &self.original;
        self.changed.get_or_insert_with(|| original.value().unwrap_or_default())
    }

    #[inline]
    fn of(kind: Kind, original: RawEvent, context: Context) -> Result<Self> {
        original.value().map_err(|error| Error::from(format!("the event is not JSON: {error}")))?;
        let source = shape_of(kind).and_then(|shape| shape.source?(&original)).unwrap_or_default();
        Ok(TriggerEvent { context, kind, source, changed: None, record: Value::Null, original })
    }
}

impl Event for TriggerEvent {
    type Response = Value;

    fn kind(&self) -> Kind {
        self.kind
    }

    fn context(&self) -> &Context {
        &self.context
    }

    fn original(&self) -> &RawValue {
        self.original.raw()
    }
}

impl EventInternal for TriggerEvent {
    type Answer = Value;

    #[allow(private_interfaces)]
    #[inline]
    fn decode(original: RawEvent, context: Context) -> Result<Self> {
        let kind = classify(original.bytes())?.kind;
        let kind = kind.ok_or_else(|| Error::from("the event has no marker keys that tell its kind"))?;
        TriggerEvent::of(kind, original, context)
    }

    #[allow(private_interfaces)]
    #[inline]
    fn decode_as(kind: Kind, original: RawEvent, context: Context) -> Result<Vec<Self>> {
        Ok(vec![TriggerEvent::of(kind, original, context)?])
    }

    fn context_mut(&mut self) -> &mut Context {
        &mut self.context
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        match &self.changed {
            Some(changed) => Ok(changed.clone()),
            None => self.original.value(),
        }
    }
}

impl fmt::Debug for TriggerEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TriggerEvent")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .field("payload", &self.original)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

impl Payload for TriggerEvent {
    fn read<T: DeserializeOwned>(&self) -> Result<T> {
        self.payload()
    }
}
