//! Middleware with a span around it and everything further in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::{Instrument, Span};

use super::next::Next;
use super::node::{Node, step};
use super::response_future::ResponseFuture;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::event::{Event, EventAnswer, failure};
use crate::trace::{SpanSite, failed, write_notes};

/// Three nodes: one that opens the span, the middleware, and one that notes that the middleware ran the rest.
pub(crate) fn traced<E: Event>(node: &'static dyn Node<E>, site: SpanSite) -> [&'static dyn Node<E>; 3] {
    let spanned = step(move |mut event: E, next: Next<E>| {
        let (span, passed) = open(site, event.context_mut());
        let entered = span.enter();
        let run = next.start(event);
        drop(entered);
        around(run, span, passed)
    });
    let mark = step(|event: E, next: Next<E>| {
        pass(event.context());
        next.start(event)
    });
    [spanned, node, mark]
}

fn open(site: SpanSite, context: &mut Context) -> (Span, Arc<AtomicBool>) {
    let span = site.open(context.handler.unwrap_or_default(), &context.request_id);
    let passed = Arc::new(AtomicBool::new(false));
    context.passed = Some(Arc::clone(&passed));
    (span, passed)
}

fn pass(context: &Context) {
    if let Some(passed) = &context.passed {
        passed.store(true, Ordering::Relaxed);
    }
}

/// Generic over the answer only, so that it is compiled for few types.
async fn around<R: EventAnswer>(run: ResponseFuture<R>, span: Span, passed: Arc<AtomicBool>) -> Result<R> {
    let outcome = run.instrument(span.clone()).await;
    close(&span, &passed, failure(&outcome));
    outcome
}

fn close(span: &Span, passed: &AtomicBool, error: Option<&Error>) {
    if span.is_disabled() {
        return;
    }
    span.record("short_circuit", !passed.load(Ordering::Relaxed));
    if let Some(error) = error {
        failed(span, error.type_name());
    }
    write_notes(span);
}
