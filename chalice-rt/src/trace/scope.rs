//! Access to the spans around the running code.

use tracing::{Metadata, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

/// Calls `act` with the innermost span for which `is` holds. Does nothing if there is none, or if the subscriber is not
/// built on `tracing_subscriber`'s registry.
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

/// Changes the `T` in a span's extensions. Inserts the default first if there is none.
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
