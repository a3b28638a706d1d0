//! Notifications of S3 buckets.

use serde_json::{Value, json};

use super::{REGION, TIME_MILLIS, becomes_value, records};
use crate::event::s3_key;

/// Builds a notification of an S3 bucket. Made by [`s3`].
#[derive(Debug, Clone)]
#[must_use]
pub struct S3Builder {
    bucket: String,
    key: String,
    event_name: String,
    size: u64,
    etag: String,
    version_id: Option<String>,
}

/// A notification that an object was created in the bucket. The key is unencoded; the builder encodes it as S3 does.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::s3("uploads", "my cat.jpg").size(2048).build();
/// assert_eq!(event["Records"][0]["s3"]["object"]["key"], "my+cat.jpg");
/// ```
pub fn s3(bucket: impl Into<String>, key: impl Into<String>) -> S3Builder {
    S3Builder {
        bucket: bucket.into(),
        key: key.into(),
        event_name: "ObjectCreated:Put".to_owned(),
        size: 1024,
        etag: "0123456789abcdef0123456789abcdef".to_owned(),
        version_id: None,
    }
}

impl S3Builder {
    /// Sets the event type. Default: `ObjectCreated:Put`. A leading `s3:` is removed, as S3 does.
    pub fn event_name(mut self, event_name: impl AsRef<str>) -> Self {
        let event_name = event_name.as_ref();
        self.event_name = event_name.strip_prefix("s3:").unwrap_or(event_name).to_owned();
        self
    }

    /// Sets the size in bytes. Default: 1024. Removals have none.
    pub fn size(mut self, size: u64) -> Self {
        self.size = size;
        self
    }

    /// Sets the ETag. Removals have none.
    pub fn etag(mut self, etag: impl Into<String>) -> Self {
        self.etag = etag.into();
        self
    }

    /// Sets the version of the object. Default: none.
    pub fn version_id(mut self, version_id: impl Into<String>) -> Self {
        self.version_id = Some(version_id.into());
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        let bucket = &self.bucket;
        records([json!({
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": REGION,
            "eventTime": TIME_MILLIS,
            "eventName": self.event_name,
            "userIdentity": {"principalId": "AWS:AIDAINPONIXQXHT3IKHL2"},
            "requestParameters": {"sourceIPAddress": "203.0.113.7"},
            "responseElements": {"x-amz-request-id": "D82B88E5F771F645", "x-amz-id-2": "EXAMPLE"},
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": "828aa6fc-f7b5-4305-8584-487c791949c1",
                "bucket": {
                    "name": bucket,
                    "ownerIdentity": {"principalId": "A3I5XTEXAMAI3E"},
                    "arn": format!("arn:aws:s3:::{bucket}"),
                },
                "object": self.object(),
            },
        })])
    }

    fn object(&self) -> Value {
        let mut object = json!({"key": s3_key(&self.key), "sequencer": "0055AED6DCD90281E5"});
        if !self.event_name.starts_with("ObjectRemoved") {
            object["size"] = self.size.into();
            object["eTag"] = self.etag.clone().into();
        }
        if let Some(version_id) = &self.version_id {
            object["versionId"] = version_id.clone().into();
        }
        object
    }
}

becomes_value!(S3Builder);
