//! Annotations and metadata as attributes that the collector's X-Ray exporter reads.

use opentelemetry::trace::Status;
use opentelemetry::{Array, StringValue, Value as Attribute};
use serde_json::{Map, Value};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The attribute that lists which attributes are annotations. All others are metadata.
const ANNOTATIONS: &str = "aws.xray.annotations";
const METADATA: &str = "aws.xray.metadata.default";

/// Sets annotations and metadata as attributes of the span. `false` if spans are not sent, so that the caller records
/// them as fields.
pub(in super::super) fn attach(
    span: &Span,
    annotations: &Map<String, Value>,
    metadata: &Map<String, Value>,
) -> bool {
    if !super::sender::is_installed() {
        return false;
    }
    for (key, value) in annotations {
        span.set_attribute(key.clone(), attribute(value));
    }
    if !annotations.is_empty() {
        let keys = annotations.keys().map(|key| StringValue::from(key.clone())).collect();
        span.set_attribute(ANNOTATIONS, Attribute::Array(Array::String(keys)));
    }
    if !metadata.is_empty() {
        span.set_attribute(METADATA, Value::Object(metadata.clone()).to_string());
    }
    true
}

/// Marks the span as failed.
pub(in super::super) fn fail(span: &Span, error_type: &'static str) {
    span.set_status(Status::error(error_type));
}

/// A text, a number or a boolean. Anything else becomes JSON text.
fn attribute(value: &Value) -> Attribute {
    match value {
        Value::Bool(value) => Attribute::Bool(*value),
        Value::String(text) => Attribute::String(text.clone().into()),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => Attribute::I64(number),
            (None, Some(number)) => Attribute::F64(number),
            (None, None) => Attribute::String(number.to_string().into()),
        },
        other => Attribute::String(other.to_string().into()),
    }
}
