//! Ready-made middleware for observability: [`LogInvocations`] and [`TraceHandlers`].

mod invocations;
mod redact;
mod tracer;

pub use invocations::LogInvocations;
pub use tracer::TraceHandlers;

use std::sync::OnceLock;

/// Whether this is the first invocation of the process. It stays `true` if the chain of that invocation runs again.
fn is_cold_start(request_id: &str) -> bool {
    static FIRST: OnceLock<String> = OnceLock::new();
    FIRST.get_or_init(|| request_id.to_owned()) == request_id
}
