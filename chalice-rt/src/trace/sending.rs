//! Sends spans to X-Ray. Without the feature `xray` only the `tracing` subscriber receives them.

use tracing::{Span, dispatcher};

/// Runs an invocation so that its spans belong to the segment of this trace header.
pub(crate) fn within<F: Future>(header: Option<&str>, future: F) -> impl Future<Output = F::Output> {
    #[cfg(feature = "xray")]
    return super::xray::within(header, future);
    #[cfg(not(feature = "xray"))]
    {
        let _ = header;
        future
    }
}

/// Sends the finished spans. Call it before the next poll: Lambda may freeze the process from then on.
pub(crate) async fn flush() {
    #[cfg(feature = "xray")]
    super::xray::flush().await;
}

/// Wraps a call for another thread, so that it runs within this thread's current span and subscriber.
pub(crate) fn carried<T>(call: impl FnOnce() -> T) -> impl FnOnce() -> T {
    #[cfg(feature = "xray")]
    let call = super::xray::carried(call);
    let (span, dispatch) = (Span::current(), dispatcher::get_default(Clone::clone));
    move || dispatcher::with_default(&dispatch, || span.in_scope(call))
}

/// Marks a span as failed.
pub(crate) fn failed(span: &Span, error_type: &'static str) {
    span.record("error", error_type);
    #[cfg(feature = "xray")]
    super::xray::fail(span, error_type);
}
