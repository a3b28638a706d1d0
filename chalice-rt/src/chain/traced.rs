//! Middleware with a span around it, and around everything inside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::{Instrument, Span};

use super::next::{Next, Run};
use super::node::{Node, step};
use crate::error::Result;
use crate::event::Event;
use crate::trace::{SpanSite, failed, write_notes};

/// Two nodes for one: the middleware with a span around it, and a mark after it, which notices that the rest runs.
pub(crate) fn traced<E: Event>(node: &'static dyn Node<E>, site: SpanSite) -> [&'static dyn Node<E>; 2] {
    let spanned = step(move |mut event: E, next: Next<E>| {
        let context = event.context_mut();
        let span = site.open(context.handler.unwrap_or_default(), &context.request_id);
        let passed = Arc::new(AtomicBool::new(false));
        context.passed = Some(Arc::clone(&passed));
        let run = span.in_scope(|| Run::guarded(|| node.start(event, next)));
        async move {
            let outcome = run.instrument(span.clone()).await;
            close(&span, &passed, &outcome);
            outcome
        }
    });
    [spanned, mark()]
}

fn mark<E: Event>() -> &'static dyn Node<E> {
    step(|event: E, next: Next<E>| {
        if let Some(passed) = &event.context().passed {
            passed.store(true, Ordering::Relaxed);
        }
        next.run(event)
    })
}

fn close<T>(span: &Span, passed: &AtomicBool, outcome: &Result<T>) {
    if span.is_disabled() {
        return;
    }
    span.record("short_circuit", !passed.load(Ordering::Relaxed));
    if let Err(error) = outcome {
        failed(span, error.type_name());
    }
    write_notes(span);
}
