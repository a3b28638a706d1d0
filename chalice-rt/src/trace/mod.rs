//! Spans around middleware, with annotations and metadata.
//!
//! A middleware with `trace_execution` runs within a `tracing` span named `## <name>`. The span surrounds everything
//! further in, too. The environment variable `POWERTOOLS_TRACE_MIDDLEWARES` decides for middleware that does not set
//! it. It takes `1`, `y`, `yes`, `t`, `true`, `on` and `0`, `n`, `no`, `f`, `false`, `off`. The span has the fields
//! `handler` and `request_id`. At its end it gets `short_circuit` (whether the middleware answered without running the
//! rest), `error` (the type of its error), `annotations` and `metadata` (the values of [`annotate`] and [`metadata`],
//! as JSON).
//!
//! With the feature `xray` a function on Lambda sends these spans over OTLP to the collector at
//! `OTEL_EXPORTER_OTLP_ENDPOINT`. Default: `http://localhost:4318`, where the AWS Distro for OpenTelemetry's Lambda
//! layer listens. The collector passes them on to AWS X-Ray as subsegments of the invocation's segment, with
//! annotations and metadata. They are sent after the answer and before the next invocation. Nothing is sent for an
//! invocation that is not sampled, nor by a program with a `tracing` subscriber of its own.

mod asked;
mod notes;
mod scope;
mod sending;
mod site;
#[cfg(feature = "xray")]
mod xray;

pub use notes::{annotate, metadata};

pub(crate) use asked::trace_all;
pub(crate) use notes::write_notes;
pub(crate) use scope::{keep, nearest};
pub(crate) use sending::{carried, failed, flush, within};
pub(crate) use site::SpanSite;
#[cfg(feature = "xray")]
pub(crate) use site::is_traced;
#[cfg(feature = "xray")]
pub(crate) use xray::layer;
