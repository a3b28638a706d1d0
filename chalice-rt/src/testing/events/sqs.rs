//! Batches of messages of SQS queues.

use serde_json::{Map, Value, json};

use super::{EPOCH, REGION, Text, arn, becomes_value, id, records};

/// Builds a batch of messages of an SQS queue. Made by [`sqs`].
#[derive(Debug, Clone)]
#[must_use]
pub struct SqsBuilder {
    queue_arn: String,
    bodies: Vec<Text>,
    groups: Vec<String>,
    attributes: Map<String, Value>,
    receive_count: u32,
}

/// A batch of messages. `queue` is a name or an ARN. Messages of a `.fifo` queue are in one group unless
/// [`groups`](SqsBuilder::groups) sets others.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::sqs("jobs", [json!({"id": 1}), json!({"id": 2})]).build();
/// assert_eq!(event["Records"][1]["body"], r#"{"id":2}"#);
/// ```
pub fn sqs(queue: impl AsRef<str>, bodies: impl IntoIterator<Item = impl Into<Text>>) -> SqsBuilder {
    SqsBuilder {
        queue_arn: arn("sqs", queue.as_ref()),
        bodies: bodies.into_iter().map(Into::into).collect(),
        groups: Vec::new(),
        attributes: Map::new(),
        receive_count: 1,
    }
}

impl SqsBuilder {
    /// Sets the `MessageGroupId` of each message, in order. The last one also counts for the remaining messages.
    pub fn groups(mut self, groups: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.groups = groups.into_iter().map(Into::into).collect();
        self
    }

    /// Adds an attribute of type `String` to every message.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = json!({
            "stringValue": value.into(), "stringListValues": [], "binaryListValues": [], "dataType": "String",
        });
        self.attributes.insert(name.into(), value);
        self
    }

    /// Sets the `ApproximateReceiveCount` of the messages. Default: 1.
    pub fn receive_count(mut self, count: u32) -> Self {
        self.receive_count = count;
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        records(self.bodies.iter().enumerate().map(|(index, body)| self.record(index, &body.0)))
    }

    fn record(&self, index: usize, body: &str) -> Value {
        json!({
            "messageId": id(3, index),
            "receiptHandle": format!("AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a{index}"),
            "body": body,
            "attributes": self.system_attributes(index),
            "messageAttributes": self.attributes,
            "eventSource": "aws:sqs",
            "eventSourceARN": self.queue_arn,
            "awsRegion": REGION,
        })
    }

    fn system_attributes(&self, index: usize) -> Value {
        let sent = (EPOCH * 1000).to_string();
        let mut attributes = json!({
            "ApproximateReceiveCount": self.receive_count.to_string(),
            "SentTimestamp": sent,
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "ApproximateFirstReceiveTimestamp": sent,
        });
        if let Some(group) = self.group(index) {
            attributes["MessageGroupId"] = group.into();
            attributes["SequenceNumber"] =
                format!("{:020}", 18_849_496_460_467_696_128_u128 + index as u128).into();
            attributes["MessageDeduplicationId"] = index.to_string().into();
        }
        attributes
    }

    fn group(&self, index: usize) -> Option<&str> {
        let group = self.groups.get(index).or(self.groups.last()).map(String::as_str);
        group.or_else(|| self.queue_arn.ends_with(".fifo").then_some("group"))
    }
}

becomes_value!(SqsBuilder);
