//! Shapes: the marker keys by which an event of a kind is told from all others.

/// How events of a kind look. Each file of a source has one, `SHAPE`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// A list `Records` whose first record comes from a service (`aws:sqs`), or has a member that only this service's have.
    Records { service: &'static str, member: &'static str, words: &'static str },
    /// `eventSource`, at the top, is one of these.
    EventSource { any_of: &'static [&'static str], words: &'static str },
    /// Texts at the top: one of each group is there.
    Members { texts: &'static [&'static [&'static str]], words: &'static str },
    /// What [`HttpMarkers`](crate::web::HttpMarkers) tells to be a request.
    Http,
    /// What they tell to be a WebSocket's event.
    Websocket { words: &'static str },
    /// `source` and `detail-type`, of a schedule or of anything else.
    EventBridge { scheduled: bool, words: &'static str },
    /// None: nothing tells such an event.
    Unknown,
}

impl Shape {
    /// Records of a service: by `eventSource`, whose last part is its name, or by a member of the first one.
    pub(super) const fn records(service: &'static str, member: &'static str, words: &'static str) -> Self {
        Shape::Records { service, member, words }
    }

    /// An event of this shape, in words.
    pub(super) fn words(&self) -> Option<&'static str> {
        match self {
            Shape::Records { words, .. }
            | Shape::EventSource { words, .. }
            | Shape::Members { words, .. }
            | Shape::Websocket { words }
            | Shape::EventBridge { words, .. } => Some(words),
            Shape::Http | Shape::Unknown => None,
        }
    }
}
