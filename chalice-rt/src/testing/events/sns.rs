//! Messages of SNS topics.

use serde_json::{Map, Value, json};

use super::{TIME_MILLIS, Text, arn, becomes_value, id, records};

/// Builds a message of an SNS topic. Made by [`sns`].
#[derive(Debug, Clone)]
#[must_use]
pub struct SnsBuilder {
    topic_arn: String,
    message: Text,
    subject: Option<String>,
    attributes: Map<String, Value>,
}

/// A message of a topic. `topic` is a name or an ARN.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::sns("orders", json!({"id": 7})).subject("new").attribute("kind", "book").build();
/// assert_eq!(event["Records"][0]["Sns"]["Message"], r#"{"id":7}"#);
/// ```
pub fn sns(topic: impl AsRef<str>, message: impl Into<Text>) -> SnsBuilder {
    let topic_arn = arn("sns", topic.as_ref());
    SnsBuilder { topic_arn, message: message.into(), subject: None, attributes: Map::new() }
}

impl SnsBuilder {
    /// Sets the subject. Default: none.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Adds an attribute of type `String`.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), json!({"Type": "String", "Value": value.into()}));
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        records([json!({
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": format!("{}:{}", self.topic_arn, id(1, 0)),
            "Sns": {
                "Type": "Notification",
                "MessageId": id(2, 0),
                "TopicArn": self.topic_arn,
                "Subject": self.subject,
                "Message": self.message.0,
                "Timestamp": TIME_MILLIS,
                "SignatureVersion": "1",
                "Signature": "EXAMPLE",
                "SigningCertUrl": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService.pem",
                "UnsubscribeUrl": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
                "MessageAttributes": self.attributes,
            },
        })])
    }
}

becomes_value!(SnsBuilder);
