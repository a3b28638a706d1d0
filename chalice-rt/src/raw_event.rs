//! The JSON of an event as it arrived.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, Result};

/// The JSON of an event as it arrived: shared, never copied, read again only when somebody asks.
#[derive(Clone)]
pub(crate) struct RawEvent(Bytes);

impl RawEvent {
    /// Bytes that are one JSON document, as a successful parse has shown.
    pub(crate) fn parsed(bytes: Bytes) -> Self {
        RawEvent(bytes)
    }

    pub(crate) fn of(value: &Value) -> Result<Self> {
        Ok(RawEvent(serde_json::to_vec(value)?.into()))
    }

    pub(crate) fn bytes(&self) -> &Bytes {
        &self.0
    }

    pub(crate) fn raw(&self) -> &RawValue {
        serde_json::from_slice(&self.0).unwrap_or(RawValue::NULL)
    }

    pub(crate) fn value(&self) -> Result<Value> {
        serde_json::from_slice(&self.0).map_err(Error::from)
    }
}

impl Default for RawEvent {
    /// `null`, for an event whose content was moved out of it.
    fn default() -> Self {
        RawEvent(Bytes::from_static(b"null"))
    }
}

impl fmt::Debug for RawEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes of JSON", self.0.len())
    }
}
