//! The event of SNS: one message of a topic.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::alone::{Alone, each, first};
use super::describe::quoted;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source, resource};
use super::wire::{child, event_with_json_answer, missing, object, put, said};
use super::{EventArgument, RawEvent, Sns};
use crate::context::Context;
use crate::error::Result;
use crate::json::{Hidden, Keys};

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape =
    Shape::new(Marks::Records { service: "sns", member: "Sns" }, "an SNS event (`Records[0]` is from SNS)");

const WHAT: &str = "SNS event";

/// A message of an SNS topic.
///
/// SNS sends one message at a time. If an event ever holds several, the handler runs once for each.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_sns_message("orders")]
/// async fn order(event: SnsEvent) {
///     tracing::info!(subject = event.subject, "{} bytes", event.message.len());
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct SnsEvent {
    /// The text of the message.
    pub message: String,
    /// The subject, if the sender gave one.
    pub subject: Option<String>,
    /// The attributes of the message: an object whose members are `{"Type": .., "Value": ..}`.
    pub message_attributes: Value,
    /// The ARN of the topic.
    pub topic_arn: String,
    /// The context of the invocation.
    pub context: Context,
    original: Alone,
}

/// The message of an SNS event, read from its JSON: `async fn order(message: SnsMessage<Order>)`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(serde::Deserialize)]
/// struct Order { id: u64 }
///
/// #[on_sns_message("orders")]
/// async fn order(message: SnsMessage<Order>) {
///     tracing::info!(id = message.body.id, "order");
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone)]
pub struct SnsMessage<T> {
    /// The content of the message.
    pub body: T,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "Sns")]
    sns: Option<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Notification {
    message: Option<String>,
    subject: Option<String>,
    message_attributes: Option<Value>,
    topic_arn: Option<String>,
}

impl SnsEvent {
    #[inline]
    fn read(original: RawEvent, context: Context) -> Result<Self> {
        first(WHAT, Self::read_each(original, context)?)
    }

    #[inline]
    fn read_each(original: RawEvent, context: Context) -> Result<Vec<Self>> {
        each(WHAT, original, context, Self::of)
    }

    #[inline]
    fn of(record: Record, index: usize, original: Alone, context: Context) -> Result<Self> {
        let absent = |path: &str| missing(WHAT, &format!("Records[{index}].{path}"));
        let sns = record.sns.ok_or_else(|| absent("Sns"))?;
        Ok(SnsEvent {
            message: sns.message.ok_or_else(|| absent("Sns.Message"))?,
            subject: sns.subject,
            message_attributes: object(sns.message_attributes),
            topic_arn: sns.topic_arn.unwrap_or_default(),
            context,
            original,
        })
    }

    /// The original with this record only, and the current values of the fields.
    #[inline]
    fn write(&self) -> Result<Value> {
        self.original.document(|record| {
            let sns = child(record, "Sns");
            put(sns, "Message", self.message.clone());
            put(sns, "Subject", self.subject.clone());
            put(sns, "MessageAttributes", self.message_attributes.clone());
            put(sns, "TopicArn", self.topic_arn.clone());
        })
    }
}

event_with_json_answer!(SnsEvent, Sns);

impl fmt::Debug for SnsEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SnsEvent")
            .field("message", &Hidden(self.message.len()))
            .field("subject", &self.subject.as_ref().map(|subject| Hidden(subject.len())))
            .field("message_attributes", &Keys(&self.message_attributes))
            .field("topic_arn", &self.topic_arn)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// The binding of a handler: a topic, by its name or its ARN.
#[derive(Debug)]
pub struct Topic(pub &'static str);

impl EventBinding for Topic {
    type Source = Sns;

    fn describe(&self) -> String {
        format!("topic `{}`", self.0)
    }

    fn settings(&self) -> Value {
        json!({ "topic": self.0 })
    }
}

impl Source for Sns {
    type Binding = Topic;
    type Record = NoRecord;

    #[inline]
    fn fits(event: &SnsEvent) -> impl Fn(&Topic, &str) -> Fit {
        let name = resource(&event.topic_arn);
        move |Topic(topic), _| Fit::when(*topic == event.topic_arn || *topic == name)
    }

    #[inline]
    fn origin(event: &SnsEvent) -> String {
        format!("an SNS message of topic {}", quoted(resource(&event.topic_arn)))
    }
}

impl<T: DeserializeOwned> EventArgument<SnsEvent> for SnsMessage<T> {
    fn take(event: &mut SnsEvent) -> Result<Self> {
        Ok(SnsMessage { body: said(event.message.as_bytes(), "the message")? })
    }
}
