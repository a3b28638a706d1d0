//! The event of S3: one change of an object in a bucket.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;

use super::RawEvent;
use super::wire::{alone, child, each, event_with_json_answer, first, missing, put, unfit};
use crate::context::Context;
use crate::error::{Error, Result};

const WHAT: &str = "S3 event";

/// A notification of an S3 bucket: an object was created, removed, restored..
///
/// S3 sends one notification at a time. Should AWS ever send several at once, the handler runs once for each.
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
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct S3Event {
    /// The name of the bucket.
    pub bucket: String,
    /// The key of the object, decoded.
    pub key: String,
    /// What happened, such as `ObjectCreated:Put`.
    pub event_name: String,
    /// The size of the object in bytes; `None` for removals.
    pub size: Option<u64>,
    /// The ETag of the object; `None` for removals.
    pub etag: Option<String>,
    /// The version of the object, in buckets with versions.
    pub version_id: Option<String>,
    /// What Lambda says about the invocation.
    pub context: Context,
    original: RawEvent,
    /// Which record of the original this is.
    index: usize,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName")]
    event_name: Option<String>,
    s3: Option<Entity>,
}

#[derive(Deserialize, Default)]
struct Entity {
    bucket: Option<Bucket>,
    object: Option<Object>,
}

#[derive(Deserialize)]
struct Bucket {
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
    fn of(record: Record, index: usize, original: RawEvent, context: Context) -> Result<Self> {
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
            index,
        })
    }

    /// The original with this record only, and the fields as they are now.
    #[inline]
    fn write(&self) -> Result<Value> {
        alone(&self.original, self.index, |record| {
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

/// A key as S3 sends it: `+` is a blank, and `%` escapes bytes of UTF-8.
#[inline]
fn decoded(key: &str) -> Option<String> {
    let blanks: Cow<'_, str> = if key.contains('+') { key.replace('+', " ").into() } else { key.into() };
    percent_decode_str(&blanks).decode_utf8().ok().map(Cow::into_owned)
}

/// A key as S3 would send it.
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
