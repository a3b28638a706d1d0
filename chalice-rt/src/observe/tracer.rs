//! `TraceHandlers`: traces handlers, as `capture_lambda_handler` of Powertools does.

use serde_json::Value;
use tracing::{Instrument, Span};

use super::is_cold_start;
use crate::chain::{Middleware, Next};
use crate::error::Result;
use crate::event::{Event, EventAnswer, failure};
use crate::trace::{SpanSite, annotate, failed, metadata, write_notes};

/// Puts a `tracing` span named `## <handler>` around handlers, with the fields of [`trace`](crate::trace).
///
/// The span has the annotations `ColdStart` and `Service`, the function's name. An error becomes metadata, under
/// `<handler> error`. The answer is a payload, so it becomes metadata only on request, under `<handler> response`.
/// Register it last to have it next to the handler. Of an HTTP handler that failed it sees the response, and records
/// the type of the error without its text.
///
/// ```
/// use chalice_rt::observe::TraceHandlers;
/// use chalice_rt::prelude::*;
///
/// let app = app!("users").register_middleware(with(TraceHandlers::new()).order(100), All);
/// ```
#[derive(Debug, Clone)]
pub struct TraceHandlers {
    response: bool,
    error: bool,
}

impl Default for TraceHandlers {
    fn default() -> Self {
        TraceHandlers { response: false, error: true }
    }
}

impl TraceHandlers {
    /// Traces handlers, with their errors and without their answers.
    pub fn new() -> Self {
        TraceHandlers::default()
    }

    /// Sets whether the answer becomes metadata of the span. Default: no.
    #[must_use]
    pub fn capture_response(mut self, on: bool) -> Self {
        self.response = on;
        self
    }

    /// Sets whether the text of an error becomes metadata of the span. Default: yes.
    #[must_use]
    pub fn capture_error(mut self, on: bool) -> Self {
        self.error = on;
        self
    }

    async fn within<E: Event>(&self, handler: &str, event: E, next: Next<E>) -> Result<E::Response> {
        let context = event.context();
        annotate("ColdStart", is_cold_start(&context.request_id));
        annotate("Service", context.function_name.as_str());
        let outcome = next.run(event).await;
        match &outcome {
            Ok(answer) if self.response => {
                if let Ok(json) = answer.to_json(&Value::Null) {
                    metadata(&format!("{handler} response"), json);
                }
            }
            Err(error) if self.error => metadata(&format!("{handler} error"), error.to_string()),
            _ => {}
        }
        outcome
    }
}

impl<E: Event> Middleware<E> for TraceHandlers {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let handler = event.context().handler.unwrap_or_default();
        let span = SpanSite::named(handler).open(handler, &event.context().request_id);
        if span.is_disabled() {
            return next.run(event).await;
        }
        let outcome = self.within(handler, event, next).instrument(span.clone()).await;
        close(&span, &outcome);
        outcome
    }
}

fn close<R: EventAnswer>(span: &Span, outcome: &Result<R>) {
    if let Some(error) = failure(outcome) {
        failed(span, error.type_name());
    }
    write_notes(span);
}
