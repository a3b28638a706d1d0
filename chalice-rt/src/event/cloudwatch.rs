//! The event of EventBridge (CloudWatch Events). Schedules send it, too.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::describe::quoted;
use super::pattern;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source};
use super::wire::{self, put};
use super::{CloudWatch, Event, EventInternal, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::json::Keys;
use crate::kind::Kind;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape =
    Shape::new(Marks::EventBridge { scheduled: false }, "an EventBridge event (`source` and `detail-type`)");

const WHAT: &str = "EventBridge event";

/// An event of EventBridge, sent by a rule's pattern or by a schedule.
///
/// Its kind is `scheduled` if a schedule sent it, else `cloudwatch`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_cw_event({"source": ["aws.ec2"]})]
/// async fn instance(event: CloudWatchEvent) {
///     tracing::info!(state = event.detail["state"].as_str(), "{}", event.detail_type);
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CloudWatchEvent {
    /// The version of the event's format: `0`.
    pub version: String,
    /// The account the event comes from.
    pub account: String,
    /// The region the event comes from.
    pub region: String,
    /// The type of `detail`.
    pub detail_type: String,
    /// The service the event comes from, such as `aws.ec2`.
    pub source: String,
    /// The time of the event in ISO 8601.
    pub time: String,
    /// The id of the event.
    pub event_id: String,
    /// The details of the event. Null if absent.
    pub detail: Value,
    /// The ARNs of the resources involved. For a schedule it is the ARN of its rule.
    pub resources: Vec<String>,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
    scheduled: bool,
}

#[derive(Deserialize)]
struct Document {
    version: Option<String>,
    account: Option<String>,
    region: Option<String>,
    #[serde(rename = "detail-type")]
    detail_type: Option<String>,
    source: Option<String>,
    time: Option<String>,
    id: Option<String>,
    detail: Option<Value>,
    resources: Option<Vec<String>>,
}

impl CloudWatchEvent {
    #[inline]
    fn of(document: Document, context: Context, original: RawEvent) -> Self {
        let source = document.source.unwrap_or_default();
        let detail_type = document.detail_type.unwrap_or_default();
        CloudWatchEvent {
            scheduled: is_scheduled(&source, &detail_type),
            version: document.version.unwrap_or_default(),
            account: document.account.unwrap_or_default(),
            region: document.region.unwrap_or_default(),
            detail_type,
            source,
            time: document.time.unwrap_or_default(),
            event_id: document.id.unwrap_or_default(),
            detail: document.detail.unwrap_or_default(),
            resources: document.resources.unwrap_or_default(),
            context,
            original,
        }
    }
}

/// Whether an event of this source and type comes from a schedule.
pub(super) fn is_scheduled(source: &str, detail_type: &str) -> bool {
    source == "aws.scheduler" || (source == "aws.events" && detail_type == "Scheduled Event")
}

impl Event for CloudWatchEvent {
    type Response = Value;

    fn kind(&self) -> Kind {
        if self.scheduled { Kind::Scheduled } else { Kind::CloudWatch }
    }

    fn context(&self) -> &Context {
        &self.context
    }

    fn original(&self) -> &RawValue {
        self.original.raw()
    }
}

impl EventInternal for CloudWatchEvent {
    type Answer = Value;

    #[allow(private_interfaces)]
    #[inline]
    fn decode(original: RawEvent, context: Context) -> Result<Self> {
        let document: Document = wire::parse(&original, WHAT)?;
        if document.source.is_none() && document.detail_type.is_none() {
            // A target with a constant or transformed input sends such an event.
            return Err(format!(
                "this is no {WHAT}: `source` and `detail-type` are missing; \
                 a rule or schedule with an input of its own goes to a `#[lambda_function]`"
            )
            .into());
        }
        Ok(Self::of(document, context, original))
    }

    fn context_mut(&mut self) -> &mut Context {
        &mut self.context
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        let mut document = self.original.value()?;
        put(&mut document, "version", self.version.clone());
        put(&mut document, "account", self.account.clone());
        put(&mut document, "region", self.region.clone());
        put(&mut document, "detail-type", self.detail_type.clone());
        put(&mut document, "source", self.source.clone());
        put(&mut document, "time", self.time.clone());
        put(&mut document, "id", self.event_id.clone());
        put(&mut document, "detail", self.detail.clone());
        put(&mut document, "resources", self.resources.clone());
        Ok(document)
    }

    #[inline]
    fn moved(&mut self) -> Self {
        std::mem::take(self)
    }
}

impl fmt::Debug for CloudWatchEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloudWatchEvent")
            .field("account", &self.account)
            .field("region", &self.region)
            .field("detail_type", &self.detail_type)
            .field("source", &self.source)
            .field("time", &self.time)
            .field("event_id", &self.event_id)
            .field("detail", &Keys(&self.detail))
            .field("resources", &self.resources)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// The binding of a handler: an event pattern, parsed once at launch.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    read: Result<Value, serde_json::Error>,
}

impl Pattern {
    /// Makes a binding of the JSON of a pattern.
    pub fn new(text: &'static str) -> Self {
        Pattern { text, read: serde_json::from_str(text) }
    }
}

impl EventBinding for Pattern {
    type Source = CloudWatch;

    fn describe(&self) -> String {
        format!("pattern {}", self.text)
    }

    fn settings(&self) -> Value {
        json!({"pattern": self.read.as_ref().unwrap_or(&Value::Null)})
    }

    fn fault(&self) -> Option<String> {
        let error = self.read.as_ref().err()?;
        Some(format!("its pattern is not JSON: {error}"))
    }
}

impl Source for CloudWatch {
    type Binding = Pattern;
    type Record = NoRecord;

    #[inline]
    fn fits(event: &CloudWatchEvent) -> impl Fn(&Pattern, &str) -> Fit {
        let event = event.original.value();
        move |to, _| match (&to.read, &event) {
            (Ok(pattern), Ok(event)) => Fit::when(pattern::fits(pattern, event)),
            _ => Fit::No,
        }
    }

    #[inline]
    fn origin(event: &CloudWatchEvent) -> String {
        format!("an event of {} with detail type {}", quoted(&event.source), quoted(&event.detail_type))
    }
}
