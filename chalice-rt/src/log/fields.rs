//! The fields of an event or a span, as they are recorded.

use std::error::Error;
use std::fmt;

use serde::{Serialize, Serializer};
use tracing::field::{Field, Visit};

/// A message and named values.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) message: String,
    pub(super) named: Vec<(&'static str, Recorded)>,
}

/// A value as it was recorded.
#[derive(Debug)]
pub(super) enum Recorded {
    /// A string itself: shown in quotes.
    Str(String),
    /// The output of `Display` or `Debug`: shown as it is.
    Written(String),
    /// A number or a boolean.
    Json(serde_json::Value),
}

impl Fields {
    pub(super) fn get(&self, name: &str) -> Option<&Recorded> {
        self.named.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn push(&mut self, field: &Field, value: Recorded) {
        match (field.name(), value) {
            ("message", Recorded::Str(text) | Recorded::Written(text)) => self.message = text,
            (name, value) => self.named.push((name, value)),
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.push(field, Recorded::Written(format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.push(field, Recorded::Str(value.to_owned()));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.push(field, Recorded::Written(value.to_string()));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.push(field, Recorded::Json(value.into()));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.push(field, Recorded::Json(value.into()));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.push(field, Recorded::Json(value.into()));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.push(field, Recorded::Json(value.into()));
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recorded::Str(text) => write!(f, "{text:?}"),
            Recorded::Written(text) => write!(f, "{}", super::escaped(text)),
            Recorded::Json(value) => write!(f, "{value}"),
        }
    }
}

impl Serialize for Recorded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Recorded::Str(text) | Recorded::Written(text) => serializer.serialize_str(text),
            Recorded::Json(value) => value.serialize(serializer),
        }
    }
}
