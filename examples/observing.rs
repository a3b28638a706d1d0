//! Watching an app: fields on every line of the log, one line for each invocation, spans around middleware.
//!
//! - every line that an invocation logs carries `function_name`, `function_request_id`, `cold_start` (true in the first
//!   one only) and what else [`LogInvocations`] says; the last one is `invocation done` with `duration_ms`;
//! - every line of `GET /orders/{id}` after `inject_route_info` carries `request_path` and `request_route`, no line of
//!   another invocation does;
//! - with `POWERTOOLS_TRACE_MIDDLEWARES=true` a span named `## inject_route_info` surrounds that middleware, and
//!   `## order`, with or without the variable, the handler `order`; its annotation `order_id` is the order's number.
use chalice_rt::log;
use chalice_rt::observe::{LogInvocations, TraceHandlers};
use chalice_rt::prelude::*;
use chalice_rt::trace;

#[middleware("http")]
async fn inject_route_info(request: Request, next: Next<Request>) -> Result<Response> {
    log::append("request_path", request.path());
    log::append("request_route", request.route());
    next.run(request).await
}

#[get("/orders/{id}", middleware = [TraceHandlers::new()])]
async fn order(id: u64) -> Value {
    trace::annotate("order_id", id);
    tracing::info!("looking for the order");
    json!({"id": id})
}

#[lambda_function]
async fn count(event: Vec<Value>) -> usize {
    tracing::info!("counting");
    event.len()
}

fn main() -> ExitCode {
    let invocations = LogInvocations::new().log_event(true).redact(["password"]);
    app!("observing").register_middleware(invocations, All).run()
}
