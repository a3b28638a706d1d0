//! Logging of invocations, after `inject_lambda_context` of Powertools.

use std::time::Instant;

use serde_json::Value;

use super::is_cold_start;
use super::redact::Redaction;
use crate::chain::{Middleware, Next};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::event::{Event, EventAnswer, failure};
use crate::log;

/// Logs each invocation with what Lambda says about it.
///
/// Every later line of the invocation carries `function_name`, `function_memory_size`, `function_arn`,
/// `function_request_id`, `cold_start` and, if the invocation is traced, `xray_trace_id`, as with
/// [`log::append`](crate::log::append()). A last line at INFO, `invocation done`, has them too, with `handler`, `kind`,
/// `duration_ms`, over HTTP the `status`, and `error_type` of one that failed: over HTTP, of a 5xx that was made of an
/// error. What it sees is what is inside it: register it first to measure all.
///
/// Payloads are logged only if [`log_event`](LogInvocations::log_event) says so.
///
/// ```
/// use chalice_rt::observe::LogInvocations;
/// use chalice_rt::prelude::*;
///
/// let app = app!("users").register_middleware(LogInvocations::new(), All);
/// let verbose = LogInvocations::new().log_event(true).redact(["password", "card_number"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct LogInvocations {
    event: bool,
    redaction: Redaction,
}

impl LogInvocations {
    /// Logs invocations without their payloads.
    pub fn new() -> Self {
        LogInvocations::default()
    }

    /// Whether the event is logged as well, when it arrives: as JSON text in the field `event`. Default: no.
    #[must_use]
    pub fn log_event(mut self, on: bool) -> Self {
        self.event = on;
        self
    }

    /// The names of members whose values are not logged with the event, wherever they stand in it, also in JSON within
    /// a text, as the body of a request is; upper and lower case count as the same. Those of headers that hold
    /// credentials always belong to them. What is base64 is not looked into: name the member that holds it.
    #[must_use]
    pub fn redact<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.redaction.extend(names);
        self
    }

    fn log_arrival<E: Event>(&self, event: &E) -> Result<()> {
        if self.event {
            let mut document = event.to_value()?;
            self.redaction.apply(&mut document);
            tracing::info!(event = %document, "invocation");
        }
        Ok(())
    }
}

impl<E: Event> Middleware<E> for LogInvocations {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let (begin, done) = (Instant::now(), Done::of(&event));
        append(event.context(), done.cold_start);
        self.log_arrival(&event)?;
        let outcome = next.run(event).await;
        done.log(begin, &outcome);
        outcome
    }
}

fn append(context: &Context, cold_start: bool) {
    log::append("cold_start", cold_start);
    log::append("function_arn", context.invoked_function_arn.as_str());
    log::append("function_memory_size", context.memory_limit_in_mb);
    log::append("function_name", context.function_name.as_str());
    log::append("function_request_id", context.request_id.as_str());
    if let Some(trace_id) = &context.xray_trace_id {
        log::append("xray_trace_id", Value::from(trace_id.as_str()));
    }
}

/// What the last line says, kept while the event is on its way. Its fields are its own, for those subscribers that
/// know nothing of appended ones.
struct Done {
    handler: &'static str,
    kind: &'static str,
    function_name: String,
    request_id: String,
    trace_id: Option<String>,
    cold_start: bool,
}

impl Done {
    fn of<E: Event>(event: &E) -> Self {
        let context = event.context();
        Done {
            handler: context.handler.unwrap_or_default(),
            kind: event.kind().name(),
            function_name: context.function_name.clone(),
            request_id: context.request_id.clone(),
            trace_id: context.xray_trace_id.clone(),
            cold_start: is_cold_start(&context.request_id),
        }
    }

    fn log<R: EventAnswer>(&self, begin: Instant, outcome: &Result<R>) {
        tracing::info!(
            handler = self.handler,
            kind = self.kind,
            function_name = self.function_name,
            function_request_id = self.request_id,
            cold_start = self.cold_start,
            xray_trace_id = self.trace_id,
            duration_ms = begin.elapsed().as_secs_f64() * 1e3,
            status = outcome.as_ref().ok().and_then(EventAnswer::status),
            error_type = failure(outcome).map(Error::type_name),
            "invocation done"
        );
    }
}
