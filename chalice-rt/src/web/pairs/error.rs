//! Errors of reading a query or a form.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::guess::text_of;

/// The error for pairs that do not fit a type. It shows names and types, but no values.
pub(crate) struct PairsError {
    text: String,
    /// Whether the text names the pair.
    named: bool,
    /// The value that did not fit. It is never shown.
    found: Option<String>,
}

impl fmt::Display for PairsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for PairsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PairsError").field(&self.text).finish()
    }
}

impl std::error::Error for PairsError {}

impl PairsError {
    fn new(text: String, found: Option<String>) -> Self {
        PairsError { text, named: false, found }
    }

    pub(super) fn malformed() -> Self {
        PairsError::new("not percent-encoded UTF-8".to_owned(), None)
    }

    /// The value that did not fit.
    pub(super) fn found(&self) -> Option<&str> {
        self.found.as_deref()
    }

    /// Adds the name of the pair.
    pub(super) fn at(mut self, name: &str) -> Self {
        self.text = format!("`{}`: {}", name.escape_debug(), self.text);
        self.named = true;
        self
    }

    /// Adds the name of the pair, found by the value.
    pub(super) fn or_at<'a>(self, name_of: impl FnOnce(&str) -> Option<&'a str>) -> Self {
        let name = self.found().filter(|_| !self.named).and_then(name_of);
        match name {
            Some(name) => self.at(name),
            None => self,
        }
    }
}

impl Error for PairsError {
    /// A custom text may contain the value, so it is not shown.
    fn custom<T: fmt::Display>(_: T) -> Self {
        PairsError::new("not what is expected".to_owned(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            // Only malformed values arrive as bytes.
            Unexpected::Bytes(_) => PairsError { found: text_of(found), ..PairsError::malformed() },
            _ => PairsError::new(format!("expected {expected}"), text_of(found)),
        }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        PairsError::invalid_type(found, expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        PairsError::new(format!("expected one of {}", expected.join(", ")), None)
    }

    fn missing_field(field: &'static str) -> Self {
        PairsError { named: true, ..PairsError::new(format!("`{field}` is missing"), None) }
    }
}
