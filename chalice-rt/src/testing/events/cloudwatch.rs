//! Events of EventBridge, also of its schedules.

use serde_json::{Value, json};

use super::{ACCOUNT, REGION, TIME, becomes_value, id};

/// Builds an event of EventBridge. Made by [`cloudwatch`].
#[derive(Debug, Clone)]
#[must_use]
pub struct CloudWatchBuilder {
    source: String,
    detail_type: String,
    detail: Value,
    resources: Vec<String>,
    account: String,
    region: String,
    time: String,
    id: String,
}

/// Builds an event of a schedule. Made by [`scheduled`].
#[derive(Debug, Clone)]
#[must_use]
pub struct ScheduledBuilder {
    rule: String,
    time: String,
    scheduler: bool,
}

/// An event with this source, detail type and detail.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::cloudwatch("aws.ec2", "EC2 Instance State-change Notification", json!({"state": "running"}));
/// assert_eq!(event.build()["detail"]["state"], "running");
/// ```
pub fn cloudwatch(
    source: impl Into<String>,
    detail_type: impl Into<String>,
    detail: impl Into<Value>,
) -> CloudWatchBuilder {
    CloudWatchBuilder {
        source: source.into(),
        detail_type: detail_type.into(),
        detail: detail.into(),
        resources: Vec::new(),
        account: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        time: TIME.to_owned(),
        id: id(4, 0),
    }
}

/// An event of a schedule. `rule` is the name or the ARN of its rule.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::scheduled("every-five").build();
/// assert_eq!(event["resources"][0], "arn:aws:events:us-east-1:123456789012:rule/every-five");
/// ```
pub fn scheduled(rule: impl Into<String>) -> ScheduledBuilder {
    ScheduledBuilder { rule: rule.into(), time: TIME.to_owned(), scheduler: false }
}

impl CloudWatchBuilder {
    /// Sets the ARNs of the resources involved. Default: none.
    pub fn resources(mut self, resources: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.resources = resources.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the account.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// Sets the region.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets the time, a text in ISO 8601.
    pub fn time(mut self, time: impl Into<String>) -> Self {
        self.time = time.into();
        self
    }

    /// Sets the id of the event.
    pub fn event_id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        json!({
            "version": "0",
            "id": self.id,
            "detail-type": self.detail_type,
            "source": self.source,
            "account": self.account,
            "time": self.time,
            "region": self.region,
            "resources": self.resources,
            "detail": self.detail,
        })
    }
}

impl ScheduledBuilder {
    /// Sets the time, a text in ISO 8601.
    pub fn time(mut self, time: impl Into<String>) -> Self {
        self.time = time.into();
        self
    }

    /// Makes it an event of EventBridge Scheduler instead of a rule.
    pub fn scheduler(mut self) -> Self {
        self.scheduler = true;
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        let (source, detail) = match self.scheduler {
            // The scheduler really sends text there.
            true => ("aws.scheduler", json!("{}")),
            false => ("aws.events", json!({})),
        };
        let arn = self.arn();
        cloudwatch(source, "Scheduled Event", detail).resources([arn]).time(self.time).build()
    }

    fn arn(&self) -> String {
        let rule = &self.rule;
        if rule.starts_with("arn:") {
            return rule.clone();
        }
        match self.scheduler {
            true => format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{rule}"),
            false => format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/{rule}"),
        }
    }
}

becomes_value!(CloudWatchBuilder);
becomes_value!(ScheduledBuilder);
