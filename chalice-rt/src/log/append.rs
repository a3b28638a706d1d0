//! `append`: adds fields to every later line of an invocation.

use serde_json::{Map, Value};
use tracing::{Metadata, Span};

use super::{INVOCATION, INVOCATION_TARGET};
use crate::trace::{keep, nearest};

/// The appended fields, in the extensions of the invocation's span.
#[derive(Debug, Default)]
pub(super) struct Appended(pub(super) Map<String, Value>);

/// Adds a field to every later line of this invocation, in handlers and middleware. The value is any JSON. It replaces
/// an earlier one with the same key. A line's own field of this name has precedence. The next invocation starts without
/// it.
///
/// It does nothing outside an invocation, or if the program has installed a `tracing` subscriber of its own.
///
/// ```
/// use chalice_rt::log;
/// use chalice_rt::prelude::*;
///
/// #[middleware("http")]
/// async fn inject_route_info(request: Request, next: Next<Request>) -> Result<Response> {
///     log::append("request_path", request.path());
///     next.run(request).await
/// }
/// # fn main() {}
/// ```
pub fn append(key: &str, value: impl Into<Value>) {
    let mut value = Some(value);
    put(key, &mut || value.take().map(Into::into));
}

/// The value is made before the lock is taken, because making it may log.
fn put(key: &str, value: &mut dyn FnMut() -> Option<Value>) {
    nearest(is_invocation, &mut |span| {
        if let Some(value) = value() {
            keep(&span, |Appended(fields)| _ = fields.insert(key.to_owned(), value));
        }
    });
}

/// The span of an invocation: the current one if it is that, else a new one.
pub(crate) fn invocation(request_id: &str) -> Span {
    let current = Span::current();
    if current.metadata().is_some_and(is_invocation) {
        return current;
    }
    tracing::error_span!(target: INVOCATION_TARGET, INVOCATION, requestId = request_id)
}

pub(super) fn is_invocation(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target() == INVOCATION_TARGET
}
