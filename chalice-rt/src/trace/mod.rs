//! Spans around middleware, and what handlers and middleware note on them.
//!
//! A middleware that asks for it (`trace_execution`) runs within a `tracing` span named `## <name>`, and everything
//! inside it too. The environment variable `POWERTOOLS_TRACE_MIDDLEWARES` asks for all that do not say; it takes `1`,
//! `y`, `yes`, `t`, `true`, `on` and `0`, `n`, `no`, `f`, `false`, `off`. The span has the fields `handler`,
//! `request_id`, and, once it is done, `short_circuit` (whether the middleware answered without running the rest),
//! `error` (the type of the error that it gave), `annotations` and `metadata` (what [`annotate`] and [`metadata`] have
//! noted, as JSON).
//!
//! With the feature `xray` a function on Lambda sends these spans over OTLP to the collector that
//! `OTEL_EXPORTER_OTLP_ENDPOINT` names (by default the one of a Lambda layer, `http://localhost:4318`), which passes
//! them on to AWS X-Ray: as sub-segments under the segment of the invocation, with annotations and metadata. They are
//! sent after the answer and before the next invocation; nothing is sent for an invocation that is not sampled, nor by
//! a program with a `tracing` subscriber of its own.

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
