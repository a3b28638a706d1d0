//! Fields that every later line of an invocation carries.

use serde_json::{Map, Value};
use tracing::{Metadata, Span};

use super::{INVOCATION, INVOCATION_TARGET};
use crate::trace::{keep, nearest};

/// What was appended, kept beside the span of the invocation; with the span it is gone.
#[derive(Debug, Default)]
pub(super) struct Appended(pub(super) Map<String, Value>);

/// Adds a field to every later line that this invocation logs, in handlers and middleware alike: text, a number, a
/// truth value, any JSON. What was there under the key before is replaced; a line's own field of this name goes before
/// it. The next invocation begins without.
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

/// The value is made before anything is locked: making it may log.
fn put(key: &str, value: &mut dyn FnMut() -> Option<Value>) {
    nearest(is_invocation, &mut |span| {
        if let Some(value) = value() {
            keep(&span, |Appended(fields)| _ = fields.insert(key.to_owned(), value));
        }
    });
}

/// The span around an invocation: the current span if it is that one, else a new one.
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
