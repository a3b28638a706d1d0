//! Shapes: the marker keys by which an event of a kind is told from all others.

use super::RawEvent;

/// How events of a kind look. Each file of a source has one, `SHAPE`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(super) marks: Marks,
    /// An event of this shape, in words.
    pub(super) words: Option<&'static str>,
    /// Reads what the event comes from, where its type does not say it: the topic, the queue.
    pub(super) source: Option<fn(&RawEvent) -> Option<String>>,
}

/// The marker keys of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marks {
    /// A list `Records` whose first record comes from a service (`aws:sqs`), or has a member that only this service's have.
    Records { service: &'static str, member: &'static str },
    /// `eventSource`, at the top, is one of these.
    EventSource(&'static [&'static str]),
    /// Texts at the top: one of each group is there.
    Members(&'static [&'static [&'static str]]),
    /// What [`HttpMarkers`](crate::web::HttpMarkers) tells to be a request.
    Http,
    /// What they tell to be a WebSocket's event.
    Websocket,
    /// `source` and `detail-type`, of a schedule or of anything else.
    EventBridge { scheduled: bool },
    /// None: nothing tells such an event.
    Unknown,
}

impl Shape {
    /// A shape in words.
    pub(super) const fn new(marks: Marks, words: &'static str) -> Self {
        Shape { marks, words: Some(words), source: None }
    }

    /// A shape that is described elsewhere, or not at all.
    pub(super) const fn unnamed(marks: Marks) -> Self {
        Shape { marks, words: None, source: None }
    }

    /// Says how to read what an event comes from.
    pub(super) const fn coming_from(self, source: fn(&RawEvent) -> Option<String>) -> Self {
        Shape { source: Some(source), ..self }
    }
}
