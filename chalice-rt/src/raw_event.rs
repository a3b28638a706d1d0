//! The JSON of an event as it arrived.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::json::{Scan, read_any};

/// The JSON of an event as it arrived. Clones share the bytes, and it is parsed only on demand.
#[derive(Clone)]
pub(crate) struct RawEvent(Bytes);

impl RawEvent {
    /// Wraps bytes that have been parsed as one JSON document.
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

    /// The JSON as a value. [`read_any`] says how parts are read that no `Value` can hold.
    ///
    /// # Errors
    /// The bytes are not JSON.
    pub(crate) fn value(&self) -> Result<Value> {
        let value = str::from_utf8(&self.0).ok().and_then(read_any);
        value.map_or_else(|| serde_json::from_slice(&self.0).map_err(Error::from), Ok)
    }

    /// A part of the JSON that is a value, by its range.
    pub(crate) fn part(&self, place: Range<usize>) -> Self {
        if place.end > self.0.len() || place.start > place.end {
            return RawEvent::default();
        }
        RawEvent(self.0.slice(place))
    }

    /// A list of records without the object around it, as EventBridge Pipes sends it, inside that object.
    pub(crate) fn with_records(self) -> Self {
        let first = self.0.iter().find(|byte| !byte.is_ascii_whitespace());
        if first != Some(&b'[') {
            return self;
        }
        let whole = [br#"{"Records":"#, &*self.0, b"}"].concat();
        RawEvent(whole.into())
    }

    /// The raw text of a member. Of several with this name it is the last.
    pub(crate) fn member(&self, name: &str) -> Option<&str> {
        let mut scan = Scan::new(str::from_utf8(&self.0).ok()?);
        let mut found = None;
        scan.object()?;
        while let Some(key) = scan.key()? {
            let value = scan.raw()?;
            if key == name {
                found = value;
            }
        }
        found
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
