//! Which handler an event is for, by what the handler is bound to.

use serde_json::Value;

use super::pattern;
use crate::error::{Error, Result};
use crate::event::{
    CloudWatchEvent, DynamoDbEvent, Event, KinesisEvent, LambdaFunctionEvent, S3Event, SnsEvent, SqsEvent,
    WebsocketEvent,
};
use crate::kind::Kind;
use crate::registry::{Binding, HandlerSpec};

/// An event that is brought to one of several handlers of its kind.
pub(super) trait Bound {
    /// Whether the handler is bound to what the event comes from.
    fn is_for(&self, handler: &HandlerSpec) -> bool;

    /// Where the event comes from, for the message that no handler takes it.
    fn source(&self) -> String;

    /// The rules that it comes from, if it is one of a schedule: then they decide, and not `is_for`.
    fn rules(&self) -> Option<&[String]> {
        None
    }
}

/// Finds the handler that an event is for, by its index.
///
/// # Errors
/// None takes it, or more than one does.
pub(super) fn handler(event: &dyn Bound, kind: Kind, handlers: &[HandlerSpec]) -> Result<usize> {
    let of_kind = of_kind(handlers, kind);
    let chosen = match event.rules() {
        Some(rules) => scheduled(rules, &of_kind),
        None => of_kind.iter().copied().filter(|handler| event.is_for(handler)).collect(),
    };
    let index = match chosen.as_slice() {
        [chosen] => handlers.iter().position(|handler| std::ptr::eq(handler, *chosen)),
        _ => None,
    };
    index.ok_or_else(|| undecided(&event.source(), kind, &chosen, &of_kind))
}

fn of_kind(handlers: &[HandlerSpec], kind: Kind) -> Vec<&HandlerSpec> {
    handlers.iter().filter(|handler| handler.kind == kind).collect()
}

fn undecided(source: &str, kind: Kind, chosen: &[&HandlerSpec], of_kind: &[&HandlerSpec]) -> Error {
    if chosen.is_empty() {
        return format!("{source} arrived, and no handler takes it; {}", listed(kind, of_kind)).into();
    }
    let names: Vec<String> = chosen.iter().map(|handler| format!("`{}`", handler.name)).collect();
    let names = names.join(", ");
    format!(
        "{source} is for several handlers: {names}; name one of them in `_HANDLER`, or with `invoke NAME`"
    )
    .into()
}

fn listed(kind: Kind, handlers: &[&HandlerSpec]) -> String {
    if handlers.is_empty() {
        return format!("the app has no handlers of kind `{kind}`");
    }
    let names: Vec<String> = handlers
        .iter()
        .map(|handler| format!("`{}` ({})", handler.name, handler.binding.describe()))
        .collect();
    format!("handlers of kind `{kind}`: {}", names.join(", "))
}

/// What follows the last colon of an ARN.
fn resource(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

impl Bound for SnsEvent {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        matches!(handler.binding, Binding::Topic(topic) if topic == self.topic_arn || topic == resource(&self.topic_arn))
    }

    fn source(&self) -> String {
        format!("an SNS message of topic `{}`", resource(&self.topic_arn))
    }
}

impl Bound for SqsEvent {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        let Some(record) = self.records.first() else { return true };
        match handler.binding {
            Binding::Queue(queue) => queue == resource(&record.event_source_arn),
            Binding::QueueArn(arn) => arn == record.event_source_arn,
            _ => false,
        }
    }

    fn source(&self) -> String {
        let queue = self.records.first().map_or("", |record| resource(&record.event_source_arn));
        format!("an SQS batch of queue `{queue}`")
    }
}

impl Bound for S3Event {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        let Binding::Bucket { bucket, events, prefix, suffix } = handler.binding else { return false };
        bucket == self.bucket
            && self.key.starts_with(prefix)
            && self.key.ends_with(suffix)
            && events.iter().any(|name| event_name_fits(name, &self.event_name))
    }

    fn source(&self) -> String {
        format!("a notification `{}` of bucket `{}`", self.event_name, self.bucket)
    }
}

/// `s3:ObjectCreated:*` fits `ObjectCreated:Put`, which comes without the `s3:`.
fn event_name_fits(configured: &str, arrived: &str) -> bool {
    let configured = configured.strip_prefix("s3:").unwrap_or(configured);
    let arrived = arrived.strip_prefix("s3:").unwrap_or(arrived);
    match configured.strip_suffix('*') {
        Some(prefix) => arrived.starts_with(prefix),
        None => configured == arrived,
    }
}

impl Bound for CloudWatchEvent {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        let Binding::Pattern(text) = handler.binding else { return false };
        let (Ok(pattern), Ok(event)) =
            (serde_json::from_str::<Value>(text), serde_json::from_str(self.original().get()))
        else {
            return false;
        };
        pattern::fits(&pattern, &event)
    }

    fn source(&self) -> String {
        match self.kind() {
            Kind::Scheduled => format!("a schedule ({})", self.resources.join(", ")),
            _ => format!("an event of `{}` with detail type `{}`", self.source, self.detail_type),
        }
    }

    fn rules(&self) -> Option<&[String]> {
        (self.kind() == Kind::Scheduled).then_some(&self.resources)
    }
}

/// By the rule's or schedule's name exactly, else by the handler's name as a part of it, else the only one.
fn scheduled<'a>(resources: &[String], handlers: &[&'a HandlerSpec]) -> Vec<&'a HandlerSpec> {
    let rules: Vec<&str> = resources.iter().filter_map(|arn| arn.rsplit('/').next()).collect();
    let exact = |handler: &&HandlerSpec| matches!(handler.binding, Binding::Schedule { rule: Some(rule), .. } if rules.contains(&rule));
    let part = |handler: &&HandlerSpec| {
        let part = format!("-{}-", handler.name);
        rules.iter().any(|rule| format!("-{rule}-").contains(&part))
    };
    let found: Vec<&HandlerSpec> = handlers.iter().copied().filter(exact).collect();
    if !found.is_empty() {
        return found;
    }
    let found: Vec<&HandlerSpec> = handlers.iter().copied().filter(part).collect();
    match (found.is_empty(), handlers) {
        (true, [only]) => vec![only],
        _ => found,
    }
}

impl Bound for KinesisEvent {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        let Some(record) = self.records.first() else { return true };
        matches!(handler.binding, Binding::Stream(stream) if stream == stream_name(&record.event_source_arn))
    }

    fn source(&self) -> String {
        let stream = self.records.first().map_or("", |record| stream_name(&record.event_source_arn));
        format!("a Kinesis batch of stream `{stream}`")
    }
}

/// The name in `arn:aws:kinesis:region:account:stream/name`, also with a consumer behind it.
fn stream_name(arn: &str) -> &str {
    resource(arn).split('/').nth(1).unwrap_or(arn)
}

impl Bound for DynamoDbEvent {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        let Some(record) = self.records.first() else { return true };
        matches!(handler.binding, Binding::TableStream(arn)
            if arn == record.event_source_arn || arn == record.table_name())
    }

    fn source(&self) -> String {
        let table = self.records.first().map_or("", |record| record.table_name());
        format!("a DynamoDB batch of table `{table}`")
    }
}

impl Bound for WebsocketEvent {
    fn is_for(&self, handler: &HandlerSpec) -> bool {
        let route = match self.route_key.as_str() {
            key @ ("$connect" | "$disconnect") => key,
            _ => "$default",
        };
        matches!(handler.binding, Binding::WebsocketRoute(key) if key == route)
    }

    fn source(&self) -> String {
        format!("a WebSocket event of route `{}`", self.route_key)
    }
}

impl Bound for LambdaFunctionEvent {
    fn is_for(&self, _handler: &HandlerSpec) -> bool {
        true
    }

    fn source(&self) -> String {
        "a direct invocation".to_owned()
    }
}
