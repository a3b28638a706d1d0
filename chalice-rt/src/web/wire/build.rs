//! Makes a `Request` of an event: finds the front end, and reads the parts that every request needs.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Extensions, Method};

use super::read::single;
use super::schema::Document;
use super::text::Text;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::Scan;
use crate::raw_event::RawEvent;
use crate::web::front_end::{FrontEnd, Located};
use crate::web::percent::{BAD_PATH, decode_percent};
use crate::web::request::{Fallback, Inner, Lazy, LazyHeaders, Params, QuerySource, Request};

/// Makes the request of a document, which was read from the bytes of `original`.
pub(in crate::web) fn build(document: Document<'_>, original: RawEvent, context: Context) -> Result<Request> {
    let bytes = original.bytes().clone();
    let mut reader = Reader::new(&bytes, document);
    let path = reader.path()?;
    let mut fault = None;
    let inner = Inner {
        front_end: reader.front_end,
        method: reader.method()?,
        decoded: reader.decoded(path, &mut fault),
        path: reader.place(path),
        stage: reader.place(reader.document.context.stage.as_deref().unwrap_or_default()),
        source_ip: reader.source_ip().map(|ip| reader.place(ip)),
        query_source: reader.query(),
        tells_headers: reader.document.headers.is_some() || reader.document.multi_value_headers.is_some(),
        headers: reader.headers(&mut fault),
        body: reader.body(&mut fault),
        body_changed: false,
        fault: fault.map(Into::into),
        route: None,
        params: Params::default(),
        fallback: Fallback::default(),
        format: None,
        extensions: Extensions::new(),
        lazy: Lazy::default(),
        original,
        context,
    };
    Ok(Request(Arc::new(inner)))
}

/// An event that is being read.
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
        let v2 = self.document.context.http.as_ref().and_then(|http| http.method.as_deref());
        let method = v2
            .or(self.document.http_method.as_deref())
            .or(self.document.context.http_method.as_deref())
            .or(self.route_key().0);
        let method =
            method.ok_or_else(|| missing("the method", "httpMethod` or `requestContext.http.method"))?;
        let unknown = |_| Error::from("this is no HTTP event: its method is not a method of HTTP");
        Method::from_bytes(method.as_bytes()).map_err(unknown)
    }

    fn path(&self) -> Result<&str> {
        let v2 = self.document.context.http.as_ref().and_then(|http| http.path.as_deref());
        let path = self.document.raw_path.as_deref().or(self.document.path.as_deref()).or(v2);
        let path = path.ok_or_else(|| missing("the path", "path` or `rawPath"))?;
        let located = Located {
            path,
            context_path: self.document.context.path.as_deref(),
            stage: self.document.context.stage.as_deref().unwrap_or_default(),
            domain: self.document.domain(),
            template: self.template(),
            rest: self.proxy(),
        };
        Ok(Some((self.front_end.own_path)(&located)).filter(|own| !own.is_empty()).unwrap_or("/"))
    }

    /// Method and template of an HTTP API's route key, such as `GET /users/{id}`. `ANY` is not a method.
    fn route_key(&self) -> (Option<&str>, Option<&str>) {
        match self.document.route_key.as_deref().and_then(|key| key.split_once(' ')) {
            Some((method, template)) => (Some(method).filter(|method| *method != "ANY"), Some(template)),
            None => (None, None),
        }
    }

    /// The match of the API's `{proxy+}`.
    fn proxy(&self) -> Option<Cow<'a, str>> {
        let name = self.template()?.strip_suffix("+}")?.rsplit_once('{')?.1;
        let params = single(&mut Scan::new(self.document.path_parameters?))?;
        params.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    fn template(&self) -> Option<&str> {
        self.document
            .resource
            .as_deref()
            .or(self.document.context.resource_path.as_deref())
            .or(self.route_key().1)
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
        let v1 = self.document.context.identity.as_ref().and_then(|identity| identity.source_ip.as_deref());
        v1.or_else(|| self.document.context.http.as_ref().and_then(|http| http.source_ip.as_deref()))
    }

    fn query(&self) -> QuerySource {
        let place = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(|text| self.place(text));
        QuerySource {
            url: place(self.document.raw_query_string.as_deref()),
            multi: place(self.document.multi_value_query_string_parameters),
            single: place(self.document.query_string_parameters),
        }
    }

    fn headers(&mut self, fault: &mut Option<String>) -> LazyHeaders {
        let multi = self.document.multi_value_headers.take().filter(|multi| !multi.is_empty());
        let pairs = multi.or_else(|| self.document.headers.take());
        let mut headers = LazyHeaders::new(self.bytes, pairs.unwrap_or_default());
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
            return Text::new(self.bytes, body).into_bytes(self.bytes);
        }
        match STANDARD.decode(body.as_bytes()) {
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
