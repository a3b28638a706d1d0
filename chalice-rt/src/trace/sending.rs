//! Where spans go. Without the feature `xray` they go nowhere but to the subscriber.

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

/// Sends the spans of what has ended; Lambda may freeze the process at any time after the next poll.
pub(crate) async fn flush() {
    #[cfg(feature = "xray")]
    super::xray::flush().await;
}

/// The call, to be made on another thread, within the span and under the subscriber that are current here.
pub(crate) fn carried<T>(call: impl FnOnce() -> T) -> impl FnOnce() -> T {
    #[cfg(feature = "xray")]
    let call = super::xray::carried(call);
    let (span, dispatch) = (Span::current(), dispatcher::get_default(Clone::clone));
    move || dispatcher::with_default(&dispatch, || span.in_scope(call))
}

/// Records that what a span is around gave an error.
pub(crate) fn failed(span: &Span, error_type: &'static str) {
    span.record("error", error_type);
    #[cfg(feature = "xray")]
    super::xray::fail(span, error_type);
}
