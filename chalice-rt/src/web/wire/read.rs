//! Reads a [`Document`] from an event's JSON, in one pass. Rarely used parts are skipped.
//!
//! Events written by hand may have numbers and booleans among headers, queries, parameters, cookies and variables. They
//! are read as their text. Any other type in place of a string is an error that names the member.

use std::borrow::Cow;
use std::fmt::Display;

use serde::de::IgnoredAny;

use super::build::build;
use super::schema::{Document, HttpContext, Identity, Pairs, RequestContext};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::{Scan, json_fault, not_text, path_to};
use crate::raw_event::RawEvent;
use crate::web::request::Request;

/// A document that is certainly an HTTP request.
pub(crate) struct ScannedRequest<'a>(Document<'a>);

impl<'a> ScannedRequest<'a> {
    /// Reads a document that can be of no other kind. `None` means: classify it first.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let document = Document::scan(&mut Scan::new(str::from_utf8(bytes).ok()?))?;
        let is_http = document.markers().via().is_some();
        (is_http && !document.of_other_kinds).then_some(ScannedRequest(document))
    }

    /// Makes the request.
    ///
    /// # Errors
    /// Method or path are missing.
    pub(crate) fn into_request(self, original: RawEvent, context: Context) -> Result<Request> {
        build(self.0, original, context)
    }
}

/// Reads the request of an event.
pub(in crate::web) fn decode(original: RawEvent, context: Context) -> Result<Request> {
    let bytes = original.bytes().clone();
    let text = str::from_utf8(&bytes).map_err(|_| not_json(&not_text(&bytes)))?;
    let mut scan = Scan::new(text);
    match Document::scan(&mut scan) {
        Some(document) => build(document, original, context),
        None => Err(unreadable(text, &scan)),
    }
}

/// The error for a text that is not an HTTP event, at the position where the scan stopped.
fn unreadable(text: &str, scan: &Scan<'_>) -> Error {
    // The scanner does not validate, so this does.
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return not_json(&json_fault(&error));
    }
    let path = path_to(text, scan.position());
    let place = if path.is_empty() { path } else { format!("`{}`: ", path.escape_debug()) };
    format!("this is no HTTP event: {place}{}", scan.mismatch()).into()
}

fn not_json(fault: &dyn Display) -> Error {
    format!("the event is not JSON: {fault}").into()
}

impl<'a> Document<'a> {
    /// Reads a document in the format of the front ends.
    pub(in crate::web) fn scan(scan: &mut Scan<'a>) -> Option<Self> {
        let (mut document, mut headers) = (Document::default(), None);
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "headers" => {
                    headers = Some(scan.clone());
                    scan.skip()?;
                }
                key => document.member(key, scan)?,
            }
        }
        let is_done = scan.is_done();
        // It is read only if there are no multi-value headers.
        if document.multi_value_headers.as_ref().is_none_or(Vec::is_empty)
            && let Some(mut ahead) = headers
        {
            let headers = optional(&mut ahead, single);
            if headers.is_none() {
                *scan = ahead;
            }
            document.headers = headers?;
        }
        is_done.then_some(document)
    }

    fn member(&mut self, key: &str, scan: &mut Scan<'a>) -> Option<()> {
        match key {
            "version" => self.version = text(scan)?,
            "resource" => self.resource = text(scan)?,
            "routeKey" => self.route_key = text(scan)?,
            "path" => self.path = text(scan)?,
            "rawPath" => self.raw_path = text(scan)?,
            "httpMethod" => self.http_method = text(scan)?,
            "multiValueHeaders" => self.multi_value_headers = optional(scan, multi)?,
            "queryStringParameters" => self.query_string_parameters = optional(scan, raw_single)?,
            "multiValueQueryStringParameters" => {
                self.multi_value_query_string_parameters = optional(scan, raw_multi)?;
            }
            "rawQueryString" => self.raw_query_string = text(scan)?,
            "pathParameters" => self.path_parameters = optional(scan, raw_single)?,
            "stageVariables" => drop(optional(scan, raw_single)?),
            "cookies" => self.cookies = optional(scan, texts)?,
            "requestContext" => self.context = optional(scan, RequestContext::scan)?.unwrap_or_default(),
            "body" => self.body = text(scan)?,
            "isBase64Encoded" => self.is_base64_encoded = optional(scan, boolean)?,
            "Records" | "type" | "methodArn" | "routeArn" | "source" | "detail-type" => {
                self.of_other_kinds = true;
                scan.skip()?;
            }
            _ => scan.skip()?,
        }
        Some(())
    }
}

impl<'a> RequestContext<'a> {
    fn scan(scan: &mut Scan<'a>) -> Option<Self> {
        let mut context = RequestContext::default();
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "stage" => context.stage = text(scan)?,
                "path" => context.path = text(scan)?,
                "resourcePath" => context.resource_path = text(scan)?,
                "httpMethod" => context.http_method = text(scan)?,
                "domainName" => context.domain_name = text(scan)?,
                "connectionId" => context.connection_id = scan.raw()?.is_some(),
                "apiId" => context.api_id = scan.raw()?.is_some(),
                "elb" => context.elb = scan.raw()?.is_some(),
                "http" => context.http = optional(scan, HttpContext::scan)?,
                "identity" => context.identity = optional(scan, Identity::scan)?,
                _ => scan.skip()?,
            }
        }
        Some(context)
    }
}

impl<'a> HttpContext<'a> {
    fn scan(scan: &mut Scan<'a>) -> Option<Self> {
        let mut http = HttpContext::default();
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "method" => http.method = text(scan)?,
                "path" => http.path = text(scan)?,
                "sourceIp" => http.source_ip = text(scan)?,
                _ => scan.skip()?,
            }
        }
        Some(http)
    }
}

impl<'a> Identity<'a> {
    fn scan(scan: &mut Scan<'a>) -> Option<Self> {
        let mut identity = Identity::default();
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                "sourceIp" => identity.source_ip = text(scan)?,
                _ => scan.skip()?,
            }
        }
        Some(identity)
    }
}

fn text<'a>(scan: &mut Scan<'a>) -> Option<Option<Cow<'a, str>>> {
    scan.optional_string()
}

/// A value that may be `null`.
fn optional<'a, T>(scan: &mut Scan<'a>, read: impl FnOnce(&mut Scan<'a>) -> Option<T>) -> Option<Option<T>> {
    match scan.peek()? {
        b'n' => scan.raw().filter(Option::is_none).map(|_| None),
        _ => read(scan).map(Some),
    }
}

fn boolean(scan: &mut Scan<'_>) -> Option<bool> {
    match scan.peek()? {
        b't' | b'f' => scan.raw()?.map(|raw| raw == "true"),
        _ => scan.wants("a boolean"),
    }
}

fn texts<'a>(scan: &mut Scan<'a>) -> Option<Vec<Cow<'a, str>>> {
    let mut texts = Vec::new();
    scan.array()?;
    while scan.element()? {
        texts.extend(scan.optional_text()?);
    }
    Some(texts)
}

/// Room for the headers that browsers send through CloudFront, so that the list rarely grows.
const USUAL: usize = 32;

/// Reads an object of strings.
pub(in crate::web) fn single<'a>(scan: &mut Scan<'a>) -> Option<Pairs<'a>> {
    let mut pairs = Vec::with_capacity(USUAL);
    each_single(scan, |name, value| pairs.push((name, value)))?;
    Some(pairs)
}

/// Reads an object of lists of strings. A string counts as a list of one.
pub(in crate::web) fn multi<'a>(scan: &mut Scan<'a>) -> Option<Pairs<'a>> {
    let mut pairs = Vec::with_capacity(USUAL);
    each_multi(scan, |name, value| pairs.push((name.clone(), value)))?;
    Some(pairs)
}

/// Validates an object of strings, which is read on demand.
fn raw_single<'a>(scan: &mut Scan<'a>) -> Option<&'a str> {
    scan.passed(|scan| each_single(scan, |_, _| {}))
}

fn raw_multi<'a>(scan: &mut Scan<'a>) -> Option<&'a str> {
    scan.passed(|scan| each_multi(scan, |_, _| {}))
}

fn each_single<'a>(scan: &mut Scan<'a>, mut take: impl FnMut(Cow<'a, str>, Cow<'a, str>)) -> Option<()> {
    scan.object()?;
    while let Some(name) = scan.key()? {
        if let Some(value) = scan.optional_text()? {
            take(name, value);
        }
    }
    Some(())
}

fn each_multi<'a>(scan: &mut Scan<'a>, mut take: impl FnMut(&Cow<'a, str>, Cow<'a, str>)) -> Option<()> {
    scan.object()?;
    while let Some(name) = scan.key()? {
        if scan.peek()? != b'[' {
            scan.optional_text()?.into_iter().for_each(|value| take(&name, value));
            continue;
        }
        scan.array()?;
        while scan.element()? {
            scan.optional_text()?.into_iter().for_each(|value| take(&name, value));
        }
    }
    Some(())
}
