//! Finds the kind of an event by its marker keys, in one pass that stops as soon as the kind is certain.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::cloudwatch::is_scheduled;
pub(crate) use super::describe::{describe, quoted};
use super::shape::{Marks, Shape};
use crate::error::{Error, Result};
use crate::json::{Scan, json_fault};
use crate::kind::Kind;
use crate::web::{HttpMarkers, Via};

/// The result of classifying a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classified {
    /// The kind, if the marker keys determine one.
    pub(crate) kind: Option<Kind>,
    /// The front end of an HTTP request.
    pub(super) via: Option<Via>,
}

macro_rules! shapes {
    ($($group:ident { $($event:ident { $($kind:ident = $word:literal in $module:ident [$($bound:ident)*] [$($named:ident)*] $doc:literal;)* })* })*) => {
        /// The shape of each kind.
        const SHAPES: &[(Kind, Shape)] = &[$($($((Kind::$kind, super::$module::SHAPE),)*)*)*];
    };
}

crate::__event_kinds!(shapes);

/// Finds the kind of an event.
///
/// # Errors
/// The part that was read is not JSON.
pub(crate) fn classify(bytes: &[u8]) -> Result<Classified> {
    if let Some(classified) = bytes.get(..HEAD).and_then(by_head) {
        return Ok(classified);
    }
    let mut markers = Markers::default();
    let read = str::from_utf8(bytes).ok().and_then(|text| markers.read(text));
    if read.is_none() && !markers.certain() {
        // Either it is not JSON, or the marker keys hold other types.
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| not_json(bytes, &error))?;
        return Ok(Classified { kind: None, via: None });
    }
    Ok(markers.classified())
}

/// The number of bytes of a large document that are tried first, before the whole is checked for UTF-8.
const HEAD: usize = 1024;

/// The kind, if the first bytes of a document already determine it.
fn by_head(head: &[u8]) -> Option<Classified> {
    let text = match str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let mut markers = Markers::default();
    // The head ends in the middle of the document, so `None` is expected.
    let _ = markers.read(text);
    markers.certain().then(|| markers.classified())
}

fn not_json(bytes: &[u8], error: &serde_json::Error) -> Error {
    if bytes.is_empty() {
        return "the event is empty; it has to be JSON".into();
    }
    format!("the event is not JSON: {}", json_fault(error)).into()
}

/// The marker keys seen so far.
#[derive(Debug, Default)]
struct Markers<'a> {
    /// The kind according to `Records` or `eventSource`.
    named: Option<Kind>,
    http: HttpMarkers,
    context_seen: bool,
    payload: bool,
    source: Option<Cow<'a, str>>,
    detail_type: Option<Cow<'a, str>>,
    /// A bit for each group of members that has been seen, per shape.
    members: [u8; SHAPES.len()],
}

impl<'a> Markers<'a> {
    fn classified(&self) -> Classified {
        let kind = self.kind();
        Classified { kind, via: self.http.via().filter(|_| kind == http()) }
    }

    fn kind(&self) -> Option<Kind> {
        // Members are checked before HTTP and WebSocket, because events of REQUEST authorizers have the keys of a
        // request, too.
        self.named.or_else(|| self.by_members()).or_else(|| {
            if self.http.connection {
                return of_marks(|marks| matches!(marks, Marks::Websocket));
            }
            if self.http.via().is_some() {
                return http();
            }
            let (source, detail_type) = (self.source.as_deref()?, self.detail_type.as_deref()?);
            let is = is_scheduled(source, detail_type);
            of_marks(|marks| matches!(marks, Marks::EventBridge { scheduled } if *scheduled == is))
        })
    }

    fn by_members(&self) -> Option<Kind> {
        let complete = |((_, shape), seen): &(&(Kind, Shape), &u8)| match shape.marks {
            Marks::Members(groups) => seen.count_ones() as usize == groups.len(),
            _ => false,
        };
        SHAPES.iter().zip(&self.members).find(complete).map(|((kind, _), _)| *kind)
    }

    /// Whether no further key can change the kind.
    fn certain(&self) -> bool {
        let kind = self.kind();
        match self.http.via() {
            // An authorizer's event looks the same up to its ARN. It has neither `body` nor `isBase64Encoded`.
            Some(Via::Rest) if kind == http() => self.payload && self.context_seen,
            Some(_) if kind == http() => self.payload,
            _ if self.http.connection && self.named.is_none() => self.payload,
            _ => kind.is_some(),
        }
    }

    /// Reads until the kind is certain.
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
            "Records" => self.named = kind_of_records(scan)?.or(self.named),
            "eventSourceARN" => {
                let named = text(scan)?.and_then(|arn| kind_of_arn(&arn));
                self.named = self.named.or(named);
            }
            "eventSource" => self.named = text(scan)?.and_then(|source| kind_of_event_source(&source)),
            "requestContext" => {
                self.http =
                    HttpMarkers { method: self.http.method, path: self.http.path, ..of_context(scan)? };
                self.context_seen = true;
            }
            "httpMethod" => self.http.method = text(scan)?.is_some(),
            "path" => self.http.path = text(scan)?.is_some(),
            "source" => self.source = text(scan)?,
            "detail-type" => self.detail_type = text(scan)?,
            "body" | "isBase64Encoded" => {
                self.payload = true;
                // The body is the largest part of a request. It is not even skipped once the kind is certain.
                if !self.certain() {
                    scan.skip()?;
                }
            }
            _ => self.see_member(key, scan)?,
        }
        Some(())
    }

    /// Notes a key that may belong to a shape of members.
    fn see_member(&mut self, key: &str, scan: &mut Scan<'a>) -> Option<()> {
        let is_text = text(scan)?.is_some();
        for ((_, shape), seen) in SHAPES.iter().zip(&mut self.members) {
            let Marks::Members(groups) = shape.marks else { continue };
            if let Some(group) = groups.iter().position(|group| group.contains(&key)) {
                let bit = 1 << group;
                *seen = if is_text { *seen | bit } else { *seen & !bit };
            }
        }
        Some(())
    }
}

/// The kind whose marks satisfy the condition.
fn of_marks(are: impl Fn(&Marks) -> bool) -> Option<Kind> {
    SHAPES.iter().find(|(_, shape)| are(&shape.marks)).map(|(kind, _)| *kind)
}

/// The shape of a kind.
pub(super) fn shape_of(kind: Kind) -> Option<&'static Shape> {
    SHAPES.iter().find(|(known, _)| *known == kind).map(|(_, shape)| shape)
}

fn http() -> Option<Kind> {
    of_marks(|marks| matches!(marks, Marks::Http))
}

/// Reads a member as text. A member of another type counts as absent.
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

/// Reads the first record only.
fn kind_of_records(scan: &mut Scan<'_>) -> Option<Option<Kind>> {
    scan.array()?;
    let mut is_first = true;
    while scan.element()? {
        if !is_first {
            scan.skip()?;
            continue;
        }
        is_first = false;
        scan.object()?;
        while let Some(key) = scan.key()? {
            let kind = kind_of_record(&key, scan)?;
            if kind.is_some() {
                // The kind is known, so the rest is not read.
                return Some(kind);
            }
        }
    }
    Some(None)
}

/// The kind according to a member of a record: its source, or a member that only this kind's records have.
fn kind_of_record(key: &str, scan: &mut Scan<'_>) -> Option<Option<Kind>> {
    if let "eventSource" | "EventSource" = key {
        let source = text(scan)?;
        let name = source.as_deref().and_then(|source| source.rsplit(':').next());
        return Some(of_marks(
            |marks| matches!(marks, Marks::Records { service, .. } if name == Some(*service)),
        ));
    }
    let kind = of_marks(|marks| matches!(marks, Marks::Records { member, .. } if key == *member));
    if kind.is_none() {
        scan.skip()?;
    }
    Some(kind)
}

/// The kind whose records come from the service of this ARN.
fn kind_of_arn(arn: &str) -> Option<Kind> {
    let name = arn.split(':').nth(2);
    of_marks(|marks| matches!(marks, Marks::Records { service, .. } if name == Some(*service)))
}

fn kind_of_event_source(source: &str) -> Option<Kind> {
    of_marks(|marks| matches!(marks, Marks::EventSource(sources) if sources.contains(&source)))
}
