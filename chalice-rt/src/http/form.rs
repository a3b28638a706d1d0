//! Queries and forms as types: pairs of names and values, read with serde.

use std::fmt;

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Error, Expected, Unexpected};

use super::values::Values;

/// Reads pairs into a `T`. A name that came more than once is a list where `T` has a list, its last value otherwise.
pub(crate) fn from_pairs<'a, T: DeserializeOwned>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<T, PairsError> {
    let mut grouped: Vec<(&str, Values<'_>)> = Vec::new();
    for (name, value) in pairs {
        match grouped.iter_mut().find(|(other, _)| *other == name) {
            Some((_, values)) => values.push(value),
            None => grouped.push((name, Values::new(name, value))),
        }
    }
    T::deserialize(MapDeserializer::new(grouped.into_iter()))
}

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
    pub(super) fn at(self, name: &str) -> Self {
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
