//! The spans around the code that runs.

use tracing::{Metadata, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

/// Does something with what is kept beside the nearest span around that is such a one. Nothing where there is none, or
/// where the subscriber is not built on `tracing_subscriber`'s registry.
pub(crate) fn nearest(is: fn(&Metadata<'_>) -> bool, act: &mut dyn FnMut(SpanRef<'_, Registry>)) {
    tracing::dispatcher::get_default(|dispatch| {
        let Some(registry) = dispatch.downcast_ref::<Registry>() else { return };
        let current = registry.current_span();
        let scope = current.id().and_then(|id| registry.span(id)).map(|span| span.scope());
        if let Some(span) = scope.into_iter().flatten().find(|span| is(span.metadata())) {
            act(span);
        }
    });
}

/// Changes what is kept beside a span under its type, after it was made if need be.
pub(crate) fn keep<T: Default + Send + Sync + 'static>(
    span: &SpanRef<'_, Registry>,
    change: impl FnOnce(&mut T),
) {
    let mut kept = span.extensions_mut();
    if kept.get_mut::<T>().is_none() {
        kept.insert(T::default());
    }
    if let Some(value) = kept.get_mut() {
        change(value);
    }
}
