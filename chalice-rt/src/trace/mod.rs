//! Spans around middleware, and what handlers and middleware note on them.
//!
//! A middleware that asks for it (`trace_execution`) runs within a `tracing` span named `## <name>`, and everything
//! inside it too. The environment variable `POWERTOOLS_TRACE_MIDDLEWARES` asks for all that do not say; it takes `1`,
//! `y`, `yes`, `t`, `true`, `on` and `0`, `n`, `no`, `f`, `false`, `off`. The span has the fields `handler`,
//! `request_id`, and, once it is done, `short_circuit` (whether the middleware answered without running the rest),
//! `error` (the type of the error that it gave), `annotations` and `metadata` (what [`annotate`] and [`metadata`] have
//! noted, as JSON).

mod asked;
mod notes;
mod scope;
mod site;

pub use notes::{annotate, metadata};

pub(crate) use asked::trace_all;
pub(crate) use notes::write_notes;
pub(crate) use scope::{keep, nearest};
pub(crate) use site::SpanSite;
