//! The event of the sources that have no type of event of their own.

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

/// An event of one of the further sources, such as a batch of Kafka records: what kind it is of, what it comes from, and
/// its JSON.
///
/// A handler takes it whole, or what its JSON says as any type that implements [`serde::Deserialize`].
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
    /// What Lambda says about the invocation.
    pub context: Context,
    kind: Kind,
    source: String,
    /// The JSON as a middleware has changed it.
    changed: Option<Value>,
    /// The one record that a handler of single records is called with.
    pub(super) record: Value,
    original: RawEvent,
}

impl TriggerEvent {
    /// What the event comes from, as its attribute is bound: the topic of Kafka records. Empty if the event does not say.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The JSON of the event, as a `T`. As long as no middleware has called [`payload_mut`](TriggerEvent::payload_mut) it
    /// is read from the bytes that arrived.
    ///
    /// # Errors
    /// It is not what `T` asks for. The text names the field, and nothing of what it holds.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        let read = match &self.changed {
            Some(changed) => read_value(changed),
            None => read_json(self.original.bytes()),
        };
        read.map_err(|fault| format!("the event does not fit: {fault}").into())
    }

    /// The JSON of the event, to be changed by a middleware for what stands further in.
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
