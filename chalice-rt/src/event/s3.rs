//! The event of S3: a notification of a bucket.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::alone::{Alone, each, first};
use super::describe::quoted;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source};
use super::wire::{child, event_with_json_answer, missing, put, unfit};
use super::{RawEvent, S3};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::Hidden;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape =
    Shape::new(Marks::Records { service: "s3", member: "s3" }, "an S3 event (`Records[0]` is from S3)");

const WHAT: &str = "S3 event";

/// A notification of an S3 bucket: an object was created, removed, restored and so on.
///
/// S3 sends one notification at a time. If an event ever holds several, the handler runs once for each.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_s3_event("uploads", events = ["s3:ObjectCreated:*"], suffix = ".jpg")]
/// async fn uploaded(event: S3Event) {
///     tracing::info!(bucket = event.bucket, key = event.key, size = event.size, "uploaded");
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct S3Event {
    /// The name of the bucket.
    pub bucket: String,
    /// The key of the object, URL-decoded.
    pub key: String,
    /// The event type, such as `ObjectCreated:Put`.
    pub event_name: String,
    /// The size of the object in bytes. `None` for removals.
    pub size: Option<u64>,
    /// The ETag of the object. `None` for removals.
    pub etag: Option<String>,
    /// The version of the object, in buckets with versioning.
    pub version_id: Option<String>,
    /// The context of the invocation.
    pub context: Context,
    original: Alone,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName")]
    event_name: Option<String>,
    s3: Option<Entity>,
}

#[derive(Deserialize, Default)]
struct Entity {
    bucket: Option<BucketName>,
    object: Option<Object>,
}

#[derive(Deserialize)]
struct BucketName {
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Object {
    key: Option<String>,
    size: Option<u64>,
    e_tag: Option<String>,
    version_id: Option<String>,
}

impl S3Event {
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
        let path = |path: &str| format!("Records[{index}].{path}");
        let absent = |member: &str| missing(WHAT, &path(member));
        let s3 = record.s3.ok_or_else(|| absent("s3"))?;
        let object = s3.object.unwrap_or_default();
        let key = object.key.ok_or_else(|| absent("s3.object.key"))?;
        Ok(S3Event {
            bucket: s3.bucket.and_then(|bucket| bucket.name).ok_or_else(|| absent("s3.bucket.name"))?,
            key: decoded(&key).ok_or_else(|| not_utf8(&path("s3.object.key")))?,
            event_name: record.event_name.unwrap_or_default(),
            size: object.size,
            etag: object.e_tag,
            version_id: object.version_id,
            context,
            original,
        })
    }

    /// The original with this record only, and the current values of the fields.
    #[inline]
    fn write(&self) -> Result<Value> {
        self.original.document(|record| {
            put(record, "eventName", self.event_name.clone());
            let s3 = child(record, "s3");
            put(child(s3, "bucket"), "name", self.bucket.clone());
            let object = child(s3, "object");
            if object["key"].as_str().and_then(decoded).as_ref() != Some(&self.key) {
                put(object, "key", encoded(&self.key));
            }
            put(object, "size", self.size);
            put(object, "eTag", self.etag.clone());
            put(object, "versionId", self.version_id.clone());
        })
    }
}

/// Decodes a key as S3 sends it: `+` is a space, and `%` escapes bytes of UTF-8.
#[inline]
fn decoded(key: &str) -> Option<String> {
    let blanks: Cow<'_, str> = if key.contains('+') { key.replace('+', " ").into() } else { key.into() };
    percent_decode_str(&blanks).decode_utf8().ok().map(Cow::into_owned)
}

/// Encodes a key as S3 does.
pub(crate) fn encoded(key: &str) -> String {
    const PLAIN: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'*').remove(b' ');
    utf8_percent_encode(key, PLAIN).to_string().replace(' ', "+")
}

#[inline]
fn not_utf8(path: &str) -> Error {
    unfit(WHAT, path, "the decoded key is not UTF-8")
}

event_with_json_answer!(S3Event, S3);

impl fmt::Debug for S3Event {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Event")
            .field("bucket", &self.bucket)
            .field("key", &Hidden(self.key.len()))
            .field("event_name", &self.event_name)
            .field("size", &self.size)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// The binding of a handler: a bucket, with filters for its notifications.
#[derive(Debug)]
pub struct Bucket {
    bucket: &'static str,
    events: &'static [&'static str],
    prefix: &'static str,
    suffix: &'static str,
}

impl Bucket {
    /// Binds to the new objects of a bucket.
    pub fn named(bucket: &'static str) -> Self {
        Bucket { bucket, events: &["s3:ObjectCreated:*"], prefix: "", suffix: "" }
    }

    /// Sets the event types. Default: `s3:ObjectCreated:*`.
    pub fn events(self, events: &'static [&'static str]) -> Self {
        Bucket { events, ..self }
    }

    /// Sets the prefix of the keys.
    pub fn prefix(self, prefix: &'static str) -> Self {
        Bucket { prefix, ..self }
    }

    /// Sets the suffix of the keys.
    pub fn suffix(self, suffix: &'static str) -> Self {
        Bucket { suffix, ..self }
    }
}

impl EventBinding for Bucket {
    type Source = S3;

    fn describe(&self) -> String {
        let Bucket { bucket, prefix, suffix, .. } = self;
        match prefix.is_empty() && suffix.is_empty() {
            true => format!("bucket `{bucket}`"),
            false => format!("bucket `{bucket}`, keys `{prefix}*{suffix}`"),
        }
    }

    fn settings(&self) -> Value {
        let Bucket { bucket, events, prefix, suffix } = self;
        json!({"bucket": bucket, "events": events, "prefix": prefix, "suffix": suffix})
    }
}

impl Source for S3 {
    type Binding = Bucket;
    type Record = NoRecord;

    #[inline]
    fn fits(event: &S3Event) -> impl Fn(&Bucket, &str) -> Fit {
        |to, _| {
            Fit::when(
                to.bucket == event.bucket
                    && event.key.starts_with(to.prefix)
                    && event.key.ends_with(to.suffix)
                    && to.events.iter().any(|name| event_name_fits(name, &event.event_name)),
            )
        }
    }

    #[inline]
    fn origin(event: &S3Event) -> String {
        format!("a notification {} of bucket {}", quoted(&event.event_name), quoted(&event.bucket))
    }
}

/// Whether an event type matches: `s3:ObjectCreated:*` matches `ObjectCreated:Put`. Notifications lack the `s3:`.
#[inline]
fn event_name_fits(configured: &str, arrived: &str) -> bool {
    let configured = configured.strip_prefix("s3:").unwrap_or(configured);
    let arrived = arrived.strip_prefix("s3:").unwrap_or(arrived);
    match configured.strip_suffix('*') {
        Some(prefix) => arrived.starts_with(prefix),
        None => configured == arrived,
    }
}
