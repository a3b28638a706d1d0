//! Ready-made middleware that watches: [`LogInvocations`] and [`TraceHandlers`].

mod invocations;
mod redact;
mod tracer;

pub use invocations::LogInvocations;
pub use tracer::TraceHandlers;

use std::sync::OnceLock;

/// Whether this is the first invocation that the process has seen, also if its chain runs more than once.
fn is_cold_start(request_id: &str) -> bool {
    static FIRST: OnceLock<String> = OnceLock::new();
    FIRST.get_or_init(|| request_id.to_owned()) == request_id
}
