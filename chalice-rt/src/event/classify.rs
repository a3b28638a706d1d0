//! Which kind of event a document is, by its marker keys, in one pass that stops as soon as that is certain.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::cloudwatch::is_scheduled;
pub(crate) use super::describe::describe;
use crate::error::{Error, Result};
use crate::json::Scan;
use crate::json::json_fault;
use crate::kind::Kind;
use crate::web::{HttpMarkers, Via};

/// What a document looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classified {
    pub(crate) shape: Shape,
}

/// The shapes that have marker keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Http(Via),
    Websocket,
    S3,
    Sns,
    Sqs,
    CloudWatch,
    Scheduled,
    Kinesis,
    DynamoDb,
    Authorizer,
    Unknown,
}

impl Shape {
    /// The kind of the events of this shape.
    pub(crate) fn kind(self) -> Option<Kind> {
        Some(match self {
            Shape::Http(_) => Kind::Http,
            Shape::Websocket => Kind::Websocket,
            Shape::S3 => Kind::S3,
            Shape::Sns => Kind::Sns,
            Shape::Sqs => Kind::Sqs,
            Shape::CloudWatch => Kind::CloudWatch,
            Shape::Scheduled => Kind::Scheduled,
            Shape::Kinesis => Kind::Kinesis,
            Shape::DynamoDb => Kind::DynamoDb,
            Shape::Authorizer => Kind::Authorizer,
            Shape::Unknown => return None,
        })
    }
}

/// Tells the kind of an event.
///
/// # Errors
/// The bytes are not JSON, as far as they had to be read.
pub(crate) fn classify(bytes: &[u8]) -> Result<Classified> {
    if let Some(shape) = bytes.get(..HEAD).and_then(shape_of_head) {
        return Ok(Classified { shape });
    }
    let mut markers = Markers::default();
    let read = str::from_utf8(bytes).ok().and_then(|text| markers.read(text));
    if read.is_none() && !markers.certain() {
        // No JSON, or JSON with other things under the marker keys.
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| not_json(bytes, &error))?;
        return Ok(Classified { shape: Shape::Unknown });
    }
    Ok(Classified { shape: markers.shape() })
}

/// How much of a larger document is looked at first, before all of it is looked through for letters that are no UTF-8.
const HEAD: usize = 1024;

/// The shape, if the head of a document tells it for certain.
fn shape_of_head(head: &[u8]) -> Option<Shape> {
    let text = match str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let mut markers = Markers::default();
    // It breaks off somewhere.
    let _ = markers.read(text);
    markers.certain().then(|| markers.shape())
}

fn not_json(bytes: &[u8], error: &serde_json::Error) -> Error {
    if bytes.is_empty() {
        return "the event is empty; it has to be JSON".into();
    }
    format!("the event is not JSON: {}", json_fault(error)).into()
}

/// The marker keys that have been seen.
#[derive(Debug, Default)]
struct Markers<'a> {
    records: Option<Shape>,
    http: HttpMarkers,
    context_seen: bool,
    payload: bool,
    source: Option<Cow<'a, str>>,
    detail_type: Option<Cow<'a, str>>,
    auth_type: bool,
    arn: bool,
}

impl<'a> Markers<'a> {
    fn shape(&self) -> Shape {
        if let Some(records) = self.records {
            return records;
        }
        // Before HTTP and WebSocket, whose keys the authorizers of requests have too.
        if self.auth_type && self.arn {
            return Shape::Authorizer;
        }
        if self.http.connection {
            return Shape::Websocket;
        }
        if let Some(via) = self.http.via() {
            return Shape::Http(via);
        }
        match (&self.source, &self.detail_type) {
            (Some(source), Some(detail_type)) if is_scheduled(source, detail_type) => Shape::Scheduled,
            (Some(_), Some(_)) => Shape::CloudWatch,
            _ => Shape::Unknown,
        }
    }

    /// Whether no further key can change the shape.
    fn certain(&self) -> bool {
        match self.shape() {
            Shape::Unknown => false,
            // An authorizer's event looks the same up to its ARN, but has neither body nor `isBase64Encoded`.
            Shape::Http(Via::Rest) => self.payload && self.context_seen,
            Shape::Http(_) | Shape::Websocket => self.payload,
            _ => true,
        }
    }

    /// Reads as far as the shape is not certain.
    fn read(&mut self, text: &'a str) -> Option<()> {
        let mut scan = Scan::new(text);
        scan.object()?;
        while let Some(key) = scan.key()? {
            self.see(&key, &mut scan)?;
            if self.certain() {
                return Some(());
            }
        }
        scan.is_done().then_some(())
    }

    fn see(&mut self, key: &str, scan: &mut Scan<'a>) -> Option<()> {
        match key {
            "Records" => self.records = records_shape(scan)?,
            "requestContext" => {
                self.http =
                    HttpMarkers { method: self.http.method, path: self.http.path, ..of_context(scan)? };
                self.context_seen = true;
            }
            "httpMethod" => self.http.method = text(scan)?.is_some(),
            "path" => self.http.path = text(scan)?.is_some(),
            "source" => self.source = text(scan)?,
            "detail-type" => self.detail_type = text(scan)?,
            "type" => self.auth_type = text(scan)?.is_some(),
            "methodArn" | "routeArn" => self.arn = text(scan)?.is_some(),
            "body" | "isBase64Encoded" => {
                self.payload = true;
                // The body is the largest part of a request: not even skipped if it does not matter any more.
                if !self.certain() {
                    scan.skip()?;
                }
            }
            _ => scan.skip()?,
        }
        Some(())
    }
}

/// A member as text; one of another type is as good as absent.
fn text<'a>(scan: &mut Scan<'a>) -> Option<Option<Cow<'a, str>>> {
    if scan.peek()? == b'"' { scan.string().map(Some) } else { scan.skip().map(|()| None) }
}

/// The marker keys of a `requestContext`.
fn of_context(scan: &mut Scan<'_>) -> Option<HttpMarkers> {
    let mut markers = HttpMarkers::default();
    if scan.peek()? != b'{' {
        return scan.skip().map(|()| markers);
    }
    scan.object()?;
    while let Some(key) = scan.key()? {
        let there = scan.raw()?.is_some();
        match &*key {
            "connectionId" => markers.connection = there,
            "http" => markers.http = there,
            "elb" => markers.elb = there,
            _ => {}
        }
    }
    Some(markers)
}

/// Looks into the first of the records only.
fn records_shape(scan: &mut Scan<'_>) -> Option<Option<Shape>> {
    let mut shape = None;
    scan.array()?;
    while scan.element()? {
        if shape.is_some() {
            scan.skip()?;
            continue;
        }
        scan.object()?;
        while let Some(key) = scan.key()? {
            shape = shape_of_member(&key, scan)?;
            if shape.is_some() {
                // Nothing else matters, so the rest is not read.
                return Some(shape);
            }
        }
        shape = Some(Shape::Unknown);
    }
    Some(shape.filter(|shape| *shape != Shape::Unknown))
}

/// The kind of records from a service, such as `aws:sqs`.
fn shape_of_source(source: &str) -> Option<Shape> {
    Some(match source.rsplit(':').next()? {
        "s3" => Shape::S3,
        "sns" => Shape::Sns,
        "sqs" => Shape::Sqs,
        "kinesis" => Shape::Kinesis,
        "dynamodb" => Shape::DynamoDb,
        _ => return None,
    })
}

fn shape_of_member(key: &str, scan: &mut Scan<'_>) -> Option<Option<Shape>> {
    Some(Some(match key {
        "eventSource" | "EventSource" => return Some(text(scan)?.as_deref().and_then(shape_of_source)),
        "s3" => Shape::S3,
        "Sns" => Shape::Sns,
        "receiptHandle" => Shape::Sqs,
        "kinesis" => Shape::Kinesis,
        "dynamodb" => Shape::DynamoDb,
        _ => return scan.skip().map(|()| None),
    }))
}
