//! Batches of records of Kinesis streams.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{ACCOUNT, Data, EPOCH, REGION, arn, becomes_value, records};

/// Builds a batch of records of a Kinesis stream. Made by [`kinesis`].
#[derive(Debug, Clone)]
#[must_use]
pub struct KinesisBuilder {
    stream_arn: String,
    data: Vec<Data>,
    partition_key: Option<String>,
}

/// A batch of records. `stream` is a name or an ARN. Each record has its own partition key.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::kinesis("clicks", [json!({"page": "/"})]).build();
/// assert_eq!(event["Records"][0]["kinesis"]["data"], "eyJwYWdlIjoiLyJ9");
/// ```
pub fn kinesis(stream: impl AsRef<str>, data: impl IntoIterator<Item = impl Into<Data>>) -> KinesisBuilder {
    let stream = stream.as_ref();
    let named = if stream.starts_with("arn:") { stream.to_owned() } else { format!("stream/{stream}") };
    KinesisBuilder {
        stream_arn: arn("kinesis", &named),
        data: data.into_iter().map(Into::into).collect(),
        partition_key: None,
    }
}

impl KinesisBuilder {
    /// Sets the partition key of every record.
    pub fn partition_key(mut self, key: impl Into<String>) -> Self {
        self.partition_key = Some(key.into());
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        records(self.data.iter().enumerate().map(|(index, data)| self.record(index, data)))
    }

    fn record(&self, index: usize, data: &Data) -> Value {
        let sequence_number = format!("4959033827149025660855969253836157109592157{index:013}");
        json!({
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": self.partition_key.clone().unwrap_or_else(|| format!("partition-{index}")),
                "sequenceNumber": sequence_number,
                "data": STANDARD.encode(&data.0),
                "approximateArrivalTimestamp": EPOCH as f64 + 0.5,
            },
            "eventSource": "aws:kinesis",
            "eventVersion": "1.0",
            "eventID": format!("shardId-000000000006:{sequence_number}"),
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": format!("arn:aws:iam::{ACCOUNT}:role/lambda-role"),
            "awsRegion": REGION,
            "eventSourceARN": self.stream_arn,
        })
    }
}

becomes_value!(KinesisBuilder);
