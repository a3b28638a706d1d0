//! The quick way from an event's JSON to a [`Document`]: what hardly anybody asks for is passed, not read.
//!
//! `None` is no verdict: the document is then read with serde, which says what is wrong with it.

use std::borrow::Cow;

use super::build::decode_document;
use super::schema::{Document, HttpContext, Identity, Multi, Raw, RequestContext, Single, USUAL};
use super::text::JsonText;
use crate::context::Context;
use crate::error::Result;
use crate::json::Scan;
use crate::raw_event::RawEvent;
use crate::web::request::Request;

/// What is certainly an HTTP request, read.
pub(crate) struct ScannedRequest<'a>(Document<'a>);

impl<'a> ScannedRequest<'a> {
    /// Reads a document that can be of no other kind. `None` if that has to be looked into.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let document = Document::scan(str::from_utf8(bytes).ok()?)?;
        let is_http = document.markers().via().is_some();
        (is_http && !document.of_other_kinds).then_some(ScannedRequest(document))
    }

    /// The request that the bytes are.
    ///
    /// # Errors
    /// Method or path are missing.
    pub(crate) fn into_request(self, original: RawEvent, context: Context) -> Result<Request> {
        decode_document(self.0, original, context)
    }
}

impl<'a> Document<'a> {
    /// Reads a document that is as front ends write it.
    pub(in crate::web) fn scan(text: &'a str) -> Option<Self> {
        let (mut document, mut headers) = (Document::default(), None);
        let mut scan = Scan::new(text);
        scan.object()?;
        while let Some(key) = scan.key()? {
            match &*key {
                // Only read if there are none with lists of values.
                "headers" => headers = scan.raw()?,
                key => document.member(key, &mut scan)?,
            }
        }
        if let (Some(headers), None) = (headers, &document.multi_value_headers) {
            document.headers = Some(Single(single(&mut Scan::new(headers))?));
        }
        scan.is_done().then_some(document)
    }

    fn member(&mut self, key: &str, scan: &mut Scan<'a>) -> Option<()> {
        match key {
            "version" => self.version = text(scan)?,
            "resource" => self.resource = text(scan)?,
            "routeKey" => self.route_key = text(scan)?,
            "path" => self.path = text(scan)?,
            "rawPath" => self.raw_path = text(scan)?,
            "httpMethod" => self.http_method = text(scan)?,
            "multiValueHeaders" => self.multi_value_headers = optional(scan, multi)?.map(Multi),
            "queryStringParameters" => self.query_string_parameters = scan.raw()?.map(Raw),
            "multiValueQueryStringParameters" => {
                self.multi_value_query_string_parameters = scan.raw()?.map(Raw);
            }
            "rawQueryString" => self.raw_query_string = text(scan)?,
            "pathParameters" => self.path_parameters = scan.raw()?.map(Raw),
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
                "connectionId" => context.connection_id = scan.raw()?.map(|_| serde::de::IgnoredAny),
                "elb" => context.elb = scan.raw()?.map(|_| serde::de::IgnoredAny),
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

fn text<'a>(scan: &mut Scan<'a>) -> Option<Option<JsonText<'a>>> {
    scan.optional_string().map(|text| text.map(JsonText))
}

/// A value that may be `null`.
fn optional<'a, T>(scan: &mut Scan<'a>, read: impl FnOnce(&mut Scan<'a>) -> Option<T>) -> Option<Option<T>> {
    match scan.peek()? {
        b'n' => scan.raw().filter(Option::is_none).map(|_| None),
        _ => read(scan).map(Some),
    }
}

fn boolean(scan: &mut Scan<'_>) -> Option<bool> {
    match scan.raw()? {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    }
}

fn texts<'a>(scan: &mut Scan<'a>) -> Option<Vec<JsonText<'a>>> {
    let mut texts = Vec::new();
    scan.array()?;
    while scan.element()? {
        texts.push(JsonText(scan.string()?));
    }
    Some(texts)
}

fn single<'a>(scan: &mut Scan<'a>) -> Option<Vec<(JsonText<'a>, JsonText<'a>)>> {
    let mut pairs = Vec::with_capacity(USUAL);
    scan.object()?;
    while let Some(name) = scan.key()? {
        if let Some(value) = scan.optional_string()? {
            pairs.push((JsonText(name), JsonText(value)));
        }
    }
    Some(pairs)
}

fn multi<'a>(scan: &mut Scan<'a>) -> Option<Vec<(JsonText<'a>, JsonText<'a>)>> {
    let mut pairs = Vec::with_capacity(USUAL);
    scan.object()?;
    while let Some(name) = scan.key()? {
        optional(scan, |scan| values(scan, &name, &mut pairs))?;
    }
    Some(pairs)
}

#[expect(clippy::ptr_arg, reason = "the name of several values is shared, not copied")]
fn values<'a>(
    scan: &mut Scan<'a>,
    name: &Cow<'a, str>,
    pairs: &mut Vec<(JsonText<'a>, JsonText<'a>)>,
) -> Option<()> {
    scan.array()?;
    while scan.element()? {
        pairs.push((JsonText(name.clone()), JsonText(scan.string()?)));
    }
    Some(())
}
