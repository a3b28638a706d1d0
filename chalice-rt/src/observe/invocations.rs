//! `LogInvocations`: logs invocations, as `inject_lambda_context` of Powertools does.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::is_cold_start;
use super::redact::{HIDDEN, Redaction};
use crate::chain::{Middleware, Next};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::event::{Event, EventAnswer, failure};
use crate::log;

/// Logs each invocation with its Lambda context.
///
/// Every later line of the invocation has `function_name`, `function_memory_size`, `function_arn`,
/// `function_request_id`, `cold_start` and, if the invocation is traced, `xray_trace_id`, as with
/// [`log::append`](crate::log::append()). A last line at INFO, `invocation done`, has them too, with `handler`, `kind`,
/// `duration_ms`, over HTTP the `status`, and the `error_type` of a failure (over HTTP, of a 5xx that was made from an
/// error).
///
/// The duration is that of the middleware further in and the handler. Reading the event, writing the answer and
/// middleware further out are not included. Register it with `with(LogInvocations::new()).order(i32::MIN)` to make it
/// outermost. The command `chains` shows the order.
///
/// Payloads are logged only with [`log_event`](LogInvocations::log_event).
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

    /// Sets whether the event is logged when it arrives, as JSON in the field `event`. Default: no.
    #[must_use]
    pub fn log_event(mut self, on: bool) -> Self {
        self.event = on;
        self
    }

    /// Adds names of members whose values are logged as `*****`. They are found anywhere in the event, also in JSON, a
    /// form or a query inside a string, such as the body of a request. Case is ignored. Headers with credentials, and
    /// addresses that may have some (`referer`, `location`), are always hidden.
    ///
    /// Content that cannot be read is hidden, too: malformed JSON, XML, multipart bodies, binary bodies in base64, and
    /// text that contains such a name.
    #[must_use]
    pub fn redact<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.redaction.extend(names);
        self
    }

    /// Logs the event. An event that cannot be read is not shown, but it does not fail.
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

/// A time in milliseconds, with at most three decimals.
fn milliseconds(time: Duration) -> f64 {
    // The number is far below 2^53, so the conversion is exact.
    time.as_micros() as f64 / 1e3
}

/// The content of the last line, kept while the chain runs. Its fields are written explicitly, for subscribers that do
/// not know appended ones.
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
