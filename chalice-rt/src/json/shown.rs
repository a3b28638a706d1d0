//! Replacements in `Debug` for values that may be secret or long: names and sizes.

use std::fmt;

use serde_json::Value;

/// Replaces a text or bytes of this length.
pub(crate) struct Hidden(pub(crate) usize);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0)
    }
}

/// Replaces a JSON value: an object by its keys, anything else by its type.
pub(crate) struct Keys<'a>(pub(crate) &'a Value);

impl fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(_) => f.write_str("<boolean>"),
            Value::Number(_) => f.write_str("<number>"),
            Value::String(text) => Hidden(text.len()).fmt(f),
            Value::Array(list) => write!(f, "<array of {}>", list.len()),
            Value::Object(map) => f.debug_set().entries(map.keys()).finish(),
        }
    }
}
