//! What is wrong with a query or a form.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

/// Why pairs are no `T`: names and types, never values.
#[derive(Debug)]
pub(crate) struct PairsError(String);

impl fmt::Display for PairsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PairsError {}

impl PairsError {
    /// Says whose value it was that did not fit.
    pub(in crate::web) fn at(self, name: &str) -> Self {
        PairsError(format!("`{}`: {}", name.escape_debug(), self.0))
    }
}

impl Error for PairsError {
    /// The text is a type's own, and may hold the value; it is not told.
    fn custom<T: fmt::Display>(_: T) -> Self {
        PairsError("not what is expected".to_owned())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        PairsError(format!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        PairsError(format!("expected {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        PairsError(format!("expected one of {}", expected.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        PairsError(format!("`{field}` is missing"))
    }
}
