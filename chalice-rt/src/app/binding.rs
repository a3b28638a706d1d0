//! What a handler is bound to, in words.

use crate::registry::Binding;

impl Binding {
    /// What brings events to the handler, in words.
    pub(crate) fn describe(&self) -> String {
        match self {
            Binding::Route { path, methods } => format!("{} {path}", methods.join(", ")),
            Binding::Direct => "invoked by name".to_owned(),
            Binding::Topic(topic) => format!("topic `{topic}`"),
            Binding::Queue(queue) => format!("queue `{queue}`"),
            Binding::QueueArn(arn) => format!("queue `{arn}`"),
            Binding::Bucket { bucket, prefix, suffix, .. } if prefix.is_empty() && suffix.is_empty() => {
                format!("bucket `{bucket}`")
            }
            Binding::Bucket { bucket, prefix, suffix, .. } => {
                format!("bucket `{bucket}`, keys `{prefix}*{suffix}`")
            }
            Binding::Pattern(pattern) => format!("pattern {pattern}"),
            Binding::Schedule { expression, rule: Some(rule) } => format!("{expression}, rule `{rule}`"),
            Binding::Schedule { expression, rule: None } => (*expression).to_owned(),
            Binding::Stream(stream) => format!("stream `{stream}`"),
            Binding::TableStream(arn) => format!("table stream `{arn}`"),
            Binding::WebsocketRoute(route) => format!("route `{route}`"),
        }
    }
}
