//! The content of a line of the log.

use std::fmt::Write as _;

use serde_json::{Map, Value};
use tracing::Metadata;

use super::fields::Fields;

/// The content of a line.
pub(super) struct Line<'a> {
    pub(super) metadata: &'static Metadata<'static>,
    pub(super) fields: &'a Fields,
    /// The spans around the event, outermost first, without the invocation.
    pub(super) spans: &'a [Around],
    pub(super) request_id: Option<&'a str>,
    /// What [`append`](super::append()) has added for the invocation.
    pub(super) appended: &'a Map<String, Value>,
}

/// A span around an event, and its fields as text.
pub(super) struct Around {
    pub(super) name: &'static str,
    pub(super) fields: String,
}

/// The fields as `a=1 b="x"`.
pub(super) fn joined(fields: &Fields) -> String {
    let mut text = String::new();
    for (name, value) in &fields.named {
        let space = if text.is_empty() { "" } else { " " };
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{space}{name}={value}");
    }
    text
}
