//! Shapes: the marker keys that identify the events of a kind.

use super::RawEvent;

/// The shape of a kind's events. Each file of a source has one, `SHAPE`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(super) marks: Marks,
    /// A description of this shape for messages.
    pub(super) words: Option<&'static str>,
    /// Reads where the event comes from (a topic, a queue), for events whose type lacks it.
    pub(super) source: Option<fn(&RawEvent) -> Option<String>>,
}

/// The marker keys of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marks {
    /// A list `Records` whose first record names the service (`aws:sqs`) or has a member that only its records have.
    Records { service: &'static str, member: &'static str },
    /// The top-level `eventSource` is one of these.
    EventSource(&'static [&'static str]),
    /// Top-level strings: at least one of each group is present.
    Members(&'static [&'static [&'static str]]),
    /// A request according to [`HttpMarkers`](crate::web::HttpMarkers).
    Http,
    /// A WebSocket's event according to them.
    Websocket,
    /// `source` and `detail-type`, of a schedule or of another event.
    EventBridge { scheduled: bool },
    /// No marker keys.
    Unknown,
}

impl Shape {
    /// A shape with a description.
    pub(super) const fn new(marks: Marks, words: &'static str) -> Self {
        Shape { marks, words: Some(words), source: None }
    }

    /// A shape without a description of its own.
    pub(super) const fn unnamed(marks: Marks) -> Self {
        Shape { marks, words: None, source: None }
    }

    /// Sets the function that reads where an event comes from.
    pub(super) const fn coming_from(self, source: fn(&RawEvent) -> Option<String>) -> Self {
        Shape { source: Some(source), ..self }
    }
}
