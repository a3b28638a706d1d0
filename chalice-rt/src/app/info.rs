//! What listings show of a handler.

use serde_json::{Map, Value, json};

use super::layout::Surrounding;
use crate::kind::Kind;
use crate::registry::{Binding, HandlerSpec, Site};

/// A handler, as listings show it.
#[derive(Debug, Clone)]
pub(crate) struct HandlerInfo {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) site: Site,
    /// For routes the template and its methods.
    pub(crate) route: Option<(String, Vec<&'static str>)>,
    /// What the handler is bound to, in words.
    pub(crate) source: String,
    /// What it is bound to and what a deployment needs, as data.
    pub(crate) settings: Map<String, Value>,
    pub(crate) middleware: Vec<MiddlewareInfo>,
}

/// A middleware around a handler, as listings show it.
#[derive(Debug, Clone)]
pub(crate) struct MiddlewareInfo {
    pub(crate) name: String,
    /// `app`, `blueprint <module>`, `controller` or `handler`.
    pub(crate) level: String,
    pub(crate) order: i32,
    pub(crate) site: Site,
}

impl HandlerInfo {
    pub(super) fn of(handler: &HandlerSpec, around: &[Surrounding<'_>]) -> Self {
        let mut settings = handler.binding.settings();
        settings.extend(handler.settings.clone());
        HandlerInfo {
            name: handler.name.to_owned(),
            kind: handler.kind,
            site: handler.site,
            route: match &handler.binding {
                Binding::Route { path, methods, .. } => Some(((*path).to_owned(), methods.to_vec())),
                _ => None,
            },
            source: handler.binding.describe(),
            settings,
            middleware: around.iter().map(MiddlewareInfo::of).collect(),
        }
    }
}

impl MiddlewareInfo {
    fn of(surrounding: &Surrounding<'_>) -> Self {
        let layer = surrounding.layer;
        MiddlewareInfo {
            name: layer.name.clone(),
            level: surrounding.level.to_string(),
            order: layer.order,
            site: *layer.site(),
        }
    }
}

impl Binding {
    /// What brings events to the handler, in words.
    pub(crate) fn describe(&self) -> String {
        match self {
            Binding::Route { path, methods, .. } => format!("{} {path}", methods.join(", ")),
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

    /// What brings events to the handler, as data under the names of the attribute's arguments.
    fn settings(&self) -> Map<String, Value> {
        let settings = match self {
            Binding::Route { path, methods, content_types } => {
                json!({"path": path, "methods": methods, "content_types": content_types.unwrap_or(&["application/json"])})
            }
            Binding::Direct => json!({}),
            Binding::Topic(topic) => json!({ "topic": topic }),
            Binding::Queue(queue) => {
                json!({"queue": queue, "batch_size": 1, "maximum_batching_window_in_seconds": 0})
            }
            Binding::QueueArn(arn) => {
                json!({"queue_arn": arn, "batch_size": 1, "maximum_batching_window_in_seconds": 0})
            }
            Binding::Bucket { bucket, events, prefix, suffix } => {
                json!({"bucket": bucket, "events": events, "prefix": prefix, "suffix": suffix})
            }
            Binding::Pattern(pattern) => {
                json!({"pattern": serde_json::from_str(pattern).unwrap_or(Value::Null)})
            }
            Binding::Schedule { expression, rule } => json!({"expression": expression, "rule": rule}),
            Binding::Stream(stream) => streaming("stream", stream),
            Binding::TableStream(arn) => streaming("stream_arn", arn),
            Binding::WebsocketRoute(route) => json!({ "route_key": route }),
        };
        match settings {
            Value::Object(settings) => settings,
            _ => Map::new(),
        }
    }
}

fn streaming(name: &str, value: &str) -> Value {
    json!({name: value, "batch_size": 100, "starting_position": "LATEST", "maximum_batching_window_in_seconds": 0})
}
