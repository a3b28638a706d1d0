//! Events as AWS sends them.

use serde_json::{Value, json};

/// A request through API Gateway (REST).
pub fn rest(method: &str, path: &str) -> Value {
    json!({
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": {"accept": "*/*"},
        "multiValueHeaders": {"accept": ["*/*"]},
        "queryStringParameters": null,
        "multiValueQueryStringParameters": null,
        "pathParameters": null,
        "stageVariables": null,
        "requestContext": {"stage": "prod", "httpMethod": method, "path": format!("/prod{path}"), "requestId": "r-1"},
        "body": null,
        "isBase64Encoded": false
    })
}

/// A message of an SNS topic.
pub fn sns(topic: &str, message: &str) -> Value {
    let arn = format!("arn:aws:sns:eu-west-1:123456789012:{topic}");
    json!({"Records": [{
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": format!("{arn}:1234"),
        "Sns": {
            "Type": "Notification", "MessageId": "m-1", "TopicArn": arn, "Subject": null,
            "Message": message, "Timestamp": "2026-01-01T00:00:00.000Z", "MessageAttributes": {}
        }
    }]})
}
