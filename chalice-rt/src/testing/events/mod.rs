//! Events as AWS sends them, for tests. There is one function per kind, with setters for the details.
//!
//! [`TestClient::send`](crate::TestClient::send) and [`invoke`](crate::TestClient::invoke) take the builders. `build()`
//! makes a [`Value`] of one. Ids, times and accounts are always the same.
//!
//! ```
//! use chalice_rt::prelude::*;
//!
//! let event = events::sqs("jobs", ["one", "two"]).build();
//! assert_eq!(event["Records"][1]["body"], "two");
//!
//! let event = events::http("POST", "/orders?dry=1").json(json!({"id": 7})).build();
//! assert_eq!(event["queryStringParameters"]["dry"], "1");
//! ```

mod cloudwatch;
mod content;
mod dynamodb;
mod http;
mod http_forms;
mod kinesis;
mod s3;
mod sns;
mod sqs;
mod websocket;

use serde_json::Value;

pub use self::http::{HttpBuilder, http};
pub use cloudwatch::{CloudWatchBuilder, ScheduledBuilder, cloudwatch, scheduled};
pub use content::{Data, Text};
pub use dynamodb::{Change, DynamoDbBuilder, dynamodb, insert, modify, remove};
pub use kinesis::{KinesisBuilder, kinesis};
pub use s3::{S3Builder, s3};
pub use sns::{SnsBuilder, sns};
pub use sqs::{SqsBuilder, sqs};
pub use websocket::{Message, WebsocketBuilder, websocket};

const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";
/// The time of every event, in the formats that AWS uses.
const TIME: &str = "2026-01-01T00:00:00Z";
const TIME_MILLIS: &str = "2026-01-01T00:00:00.000Z";
const EPOCH: u64 = 1_767_225_600;

/// Makes an ARN of a name. An ARN is kept as it is.
fn arn(service: &str, name: &str) -> String {
    if name.starts_with("arn:") {
        name.to_owned()
    } else {
        format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{name}")
    }
}

/// An id that looks random but is always the same.
fn id(kind: u32, index: usize) -> String {
    format!("{kind:08x}-2b1c-4d5e-8f90-{index:012x}")
}

/// `{"Records": [..]}`.
fn records(records: impl IntoIterator<Item = Value>) -> Value {
    serde_json::json!({"Records": Vec::from_iter(records)})
}

/// Implements the conversions of a builder.
macro_rules! becomes_value {
    ($builder:ident) => {
        impl From<$builder> for ::serde_json::Value {
            fn from(builder: $builder) -> Self {
                builder.build()
            }
        }

        impl ::serde::Serialize for $builder {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                self.clone().build().serialize(serializer)
            }
        }
    };
}

use becomes_value;

#[cfg(test)]
mod tests;
