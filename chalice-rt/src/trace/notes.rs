//! Annotations and metadata of spans.

use serde::Serialize;
use serde_json::{Map, Value};
use tracing::Span;
use tracing_subscriber::Registry;
use tracing_subscriber::registry::LookupSpan;

use super::scope::{keep, nearest};
use super::site::is_traced;

/// The annotations and metadata of one span.
#[derive(Debug, Default)]
struct Notes {
    annotations: Map<String, Value>,
    metadata: Map<String, Value>,
}

/// Adds an annotation to the innermost span of a traced middleware. Traces can be searched by annotations. The value is
/// a text, a number or a boolean. It replaces an earlier one with the same key.
///
/// Without a traced middleware it does nothing. A spawned task must run within `tracing`'s current span.
///
/// ```
/// use chalice_rt::prelude::*;
/// use chalice_rt::trace;
///
/// #[route("/orders/{id}")]
/// async fn order(id: u64) -> Value {
///     trace::annotate("order_id", id);
///     json!({"id": id})
/// }
/// # fn main() {}
/// ```
pub fn annotate(key: &str, value: impl Into<Value>) {
    let mut value = Some(value);
    note(&mut || value.take().map(Into::into), |notes| &mut notes.annotations, key);
}

/// Adds metadata to the same span as [`annotate`]. It is shown with the trace and cannot be searched. The value is
/// anything that serializes to JSON. A value that does not is left out.
///
/// ```
/// use chalice_rt::prelude::*;
/// use chalice_rt::trace;
///
/// #[route("/orders/{id}")]
/// async fn order(id: u64) -> Value {
///     trace::metadata("table", json!({"name": "orders", "shard": id % 8}));
///     json!({"id": id})
/// }
/// # fn main() {}
/// ```
pub fn metadata(key: &str, value: impl Serialize) {
    note(&mut || serde_json::to_value(&value).ok(), |notes| &mut notes.metadata, key);
}

/// The value is made before the lock is taken, because making it may log.
fn note(
    value: &mut dyn FnMut() -> Option<Value>,
    place: fn(&mut Notes) -> &mut Map<String, Value>,
    key: &str,
) {
    nearest(is_traced, &mut |span| {
        if let Some(value) = value() {
            keep(&span, |notes| _ = place(notes).insert(key.to_owned(), value));
        }
    });
}

/// Records the annotations and metadata in the span's fields, at the end of the span.
pub(crate) fn write_notes(span: &Span) {
    let notes = span.with_subscriber(|(id, dispatch)| {
        dispatch.downcast_ref::<Registry>()?.span(id)?.extensions_mut().remove::<Notes>()
    });
    let Some(Notes { annotations, metadata }) = notes.flatten() else { return };
    #[cfg(feature = "xray")]
    if super::xray::attach(span, &annotations, &metadata) {
        return;
    }
    for (field, noted) in [("annotations", annotations), ("metadata", metadata)] {
        if !noted.is_empty() {
            span.record(field, Value::from(noted).to_string());
        }
    }
}
