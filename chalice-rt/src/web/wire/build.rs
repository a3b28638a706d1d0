//! From an event's JSON to a `Request`: finds the front end, and reads what every request needs.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Extensions, Method};

use super::schema::{Document, Multi, Raw, Single, text};
use super::text::Text;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::{fault_path, json_fault};
use crate::raw_event::RawEvent;
use crate::web::front_end::{FrontEnd, Located, QueryForm};
use crate::web::percent::{BAD_PATH, decode_percent};
use crate::web::request::{Fallback, Inner, Lazy, LazyHeaders, Params, QuerySource, Request};

pub(in crate::web) fn decode(original: RawEvent, context: Context) -> Result<Request> {
    let bytes = original.bytes().clone();
    let scanned = str::from_utf8(&bytes).ok().and_then(Document::scan);
    let document = match scanned {
        Some(document) => document,
        None => serde_json::from_slice(&bytes).map_err(|error| unreadable(&bytes, &error))?,
    };
    decode_document(document, original, context)
}

/// The request that a document is, which was read from the original's bytes.
pub(in crate::web) fn decode_document(
    document: Document<'_>,
    original: RawEvent,
    context: Context,
) -> Result<Request> {
    let bytes = original.bytes().clone();
    let mut reader = Reader::new(&bytes, document);
    let path = reader.path()?;
    let mut fault = None;
    let inner = Inner {
        front_end: reader.front_end,
        method: reader.method()?,
        decoded: reader.decoded(path, &mut fault),
        path: reader.place(path),
        stage: reader.place(text(&reader.document.context.stage).unwrap_or_default()),
        source_ip: reader.source_ip().map(|ip| reader.place(ip)),
        query_source: reader.query(),
        headers: reader.headers(&mut fault),
        body: reader.body(&mut fault),
        body_changed: false,
        fault: fault.map(Into::into),
        route: None,
        params: Params::default(),
        fallback: Fallback::default(),
        extensions: Extensions::new(),
        lazy: Lazy::default(),
        original,
        context,
    };
    Ok(Request(Arc::new(inner)))
}

/// An event while it is read.
struct Reader<'a> {
    bytes: &'a Bytes,
    document: Document<'a>,
    front_end: &'static FrontEnd,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a Bytes, document: Document<'a>) -> Self {
        let front_end = FrontEnd::of(&document);
        Reader { bytes, document, front_end }
    }

    fn place(&self, text: &str) -> Text {
        Text::new(self.bytes, text.into())
    }

    fn method(&self) -> Result<Method> {
        let v2 = self.document.context.http.as_ref().and_then(|http| text(&http.method));
        let method = v2
            .or(text(&self.document.http_method))
            .or(text(&self.document.context.http_method))
            .or(self.route_key().0);
        let method =
            method.ok_or_else(|| missing("the method", "httpMethod` or `requestContext.http.method"))?;
        let unknown = |_| Error::from("this is no HTTP event: its method is not a method of HTTP");
        Method::from_bytes(method.as_bytes()).map_err(unknown)
    }

    fn path(&self) -> Result<&str> {
        let v2 = self.document.context.http.as_ref().and_then(|http| text(&http.path));
        let path = text(&self.document.raw_path).or(text(&self.document.path)).or(v2);
        let path = path.ok_or_else(|| missing("the path", "path` or `rawPath"))?;
        let located = Located {
            path,
            context_path: text(&self.document.context.path),
            stage: text(&self.document.context.stage).unwrap_or_default(),
            domain: self.document.domain(),
            template: self.template(),
            rest: self.proxy(),
        };
        Ok(Some((self.front_end.own_path)(&located)).filter(|own| !own.is_empty()).unwrap_or("/"))
    }

    /// Method and template in a route key of an HTTP API: `GET /users/{id}`; `ANY` is no method.
    fn route_key(&self) -> (Option<&str>, Option<&str>) {
        match text(&self.document.route_key).and_then(|key| key.split_once(' ')) {
            Some((method, template)) => (Some(method).filter(|method| *method != "ANY"), Some(template)),
            None => (None, None),
        }
    }

    /// What the API's `{proxy+}` matched.
    fn proxy(&self) -> Option<Cow<'a, str>> {
        let name = self.template()?.strip_suffix("+}")?.rsplit_once('{')?.1;
        let Single(pairs) = serde_json::from_str(self.document.path_parameters?.0).ok()?;
        pairs.into_iter().find(|(key, _)| key.0 == name).map(|(_, value)| value.0)
    }

    fn template(&self) -> Option<&str> {
        text(&self.document.resource).or(text(&self.document.context.resource_path)).or(self.route_key().1)
    }

    fn decoded(&self, path: &str, fault: &mut Option<String>) -> Option<Box<str>> {
        if !self.front_end.encodes_path || !path.contains('%') {
            return None;
        }
        let decoded = decode_percent(path);
        if decoded.is_none() {
            fault.get_or_insert_with(|| BAD_PATH.to_owned());
        }
        decoded.map(Into::into)
    }

    fn source_ip(&self) -> Option<&str> {
        let v1 = self.document.context.identity.as_ref().and_then(|identity| text(&identity.source_ip));
        v1.or_else(|| self.document.context.http.as_ref().and_then(|http| text(&http.source_ip)))
    }

    fn query(&self) -> QuerySource {
        let document = &self.document;
        let place = |raw: Raw<'_>| self.place(raw.0);
        match (&document.raw_query_string, document.multi_value_query_string_parameters) {
            (Some(query), _) if self.front_end.query == QueryForm::Url => {
                QuerySource::Url(self.place(&query.0))
            }
            (_, Some(object)) => QuerySource::Multi(place(object)),
            (_, None) => document
                .query_string_parameters
                .map_or(QuerySource::None, |raw| QuerySource::Single(place(raw))),
        }
    }

    fn headers(&mut self, fault: &mut Option<String>) -> LazyHeaders {
        let multi = self.document.multi_value_headers.take().map(|Multi(pairs)| pairs);
        let single = self.document.headers.take().map(|Single(pairs)| pairs);
        let mut headers = LazyHeaders::new(self.bytes, multi.or(single).unwrap_or_default());
        if let Some(cookies) = self.document.cookies.as_ref().filter(|cookies| !cookies.is_empty()) {
            headers.set_cookies(self.bytes, cookies);
        }
        if let Some(name) = headers.forbidden(self.bytes) {
            fault.get_or_insert_with(|| {
                format!("the header `{}` is not allowed in HTTP", name.escape_debug())
            });
        }
        headers
    }

    fn body(&mut self, fault: &mut Option<String>) -> Bytes {
        let Some(body) = self.document.body.take() else { return Bytes::new() };
        if self.document.is_base64_encoded != Some(true) {
            return Text::new(self.bytes, body.0).into_bytes(self.bytes);
        }
        match STANDARD.decode(body.0.as_bytes()) {
            Ok(body) => body.into(),
            Err(_) => {
                fault.get_or_insert_with(|| "the body is not valid base64".to_owned());
                Bytes::new()
            }
        }
    }
}

fn missing(what: &str, keys: &str) -> Error {
    format!("this is no HTTP event: {what} is missing (`{keys}`)").into()
}

/// Why the document is no HTTP event, and where.
fn unreadable(bytes: &Bytes, error: &serde_json::Error) -> Error {
    let path = fault_path(bytes, error);
    let place = if path.is_empty() { path } else { format!("`{}`: ", path.escape_debug()) };
    format!("this is no HTTP event: {place}{}", json_fault(error)).into()
}
