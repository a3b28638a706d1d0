//! Logging of invocations, after `inject_lambda_context` of Powertools.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::is_cold_start;
use super::redact::{HIDDEN, Redaction};
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
/// error. What it measures is what is inside it: the middleware further in and the handler. Middleware further out, such
/// as one with a smaller `order`, is outside, and so are reading the event and writing the answer. To be outermost give
/// it the smallest order of all: `with(LogInvocations::new()).order(i32::MIN)`; `chains` shows who is.
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

    /// The names of members whose values are not logged with the event: `*****` stands there instead. They are found
    /// wherever they stand in it, also in JSON, a form or a query within a text, as the body of a request is; upper and
    /// lower case count as the same. Those of headers that hold credentials, or addresses that may (`referer`,
    /// `location`), always belong to them.
    ///
    /// What cannot be read is not shown either: JSON that is broken, XML, the parts of a multipart body, the body of a
    /// request that is base64, and text that names such a member.
    #[must_use]
    pub fn redact<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.redaction.extend(names);
        self
    }

    /// An event that cannot be read is no reason to fail it: it is not shown.
    fn log_arrival<E: Event>(&self, event: &E) {
        if self.event {
            let mut document = event.to_value().unwrap_or_else(|_| HIDDEN.into());
            self.redaction.apply(&mut document);
            tracing::info!(event = %document, "invocation");
        }
    }
}

impl<E: Event> Middleware<E> for LogInvocations {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let (begin, done) = (Instant::now(), Done::of(&event));
        append(event.context(), done.cold_start);
        self.log_arrival(&event);
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

/// With three decimals at most.
fn milliseconds(time: Duration) -> f64 {
    // Far below 2^53, so nothing is lost.
    time.as_micros() as f64 / 1e3
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
            duration_ms = milliseconds(begin.elapsed()),
            status = outcome.as_ref().ok().and_then(EventAnswer::status),
            error_type = failure(outcome).map(Error::type_name),
            "invocation done"
        );
    }
}
