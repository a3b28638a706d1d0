//! `Request`: one HTTP request, one pointer wide. What nobody asks for is not read.

mod cookies;
mod fallback;
mod headers;
mod path_params;
mod query;
mod target;

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::{Extensions, HeaderMap, Method, Uri};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

pub use cookies::{CookieJar, Cookies};
pub(crate) use fallback::{Fallback, Refusal};
pub(in crate::web) use headers::LazyHeaders;
pub(crate) use path_params::Params;
pub use path_params::PathParams;
pub use query::QueryParams;

use super::front_end::{FrontEnd, QueryForm};
use super::percent::{BAD_PATH, decode_percent};
use super::response::IntoBody;
use super::shown::Shown;
use super::wire::{ResponseFormat, Text, decode, single};
use crate::context::Context;
use crate::error::{BadRequestError, Error, Result, UnprocessableEntityError};
use crate::json::{FaultKind, JsonFault, Scan, read_any, read_json};
use crate::raw_event::RawEvent;

/// An HTTP request, through whichever front end it came: API Gateway (REST or HTTP API), a function URL, a load
/// balancer, or the local server.
///
/// It is one pointer wide and cheap to clone; a change goes to a copy of its own. Headers, query, cookies and the
/// front end's context are read when they are asked for.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[route("/users/{id}", methods = ["GET", "PUT"])]
/// async fn user(id: u64, request: Request) -> Value {
///     json!({"id": id, "method": request.method().as_str(), "fields": request.query().get("fields")})
/// }
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct Request(pub(in crate::web) Arc<Inner>);

#[derive(Clone)]
pub(in crate::web) struct Inner {
    pub(in crate::web) original: RawEvent,
    pub(in crate::web) context: Context,
    pub(in crate::web) front_end: &'static FrontEnd,
    pub(in crate::web) method: Method,
    /// The app's own path, encoded as it was delivered.
    pub(in crate::web) path: Text,
    /// The path decoded, where that makes a difference.
    pub(in crate::web) decoded: Option<Box<str>>,
    pub(in crate::web) stage: Text,
    pub(in crate::web) source_ip: Option<Text>,
    pub(in crate::web) headers: LazyHeaders,
    /// Whether the event has a member for headers.
    pub(in crate::web) tells_headers: bool,
    pub(in crate::web) query_source: QuerySource,
    pub(in crate::web) body: Bytes,
    pub(in crate::web) body_changed: bool,
    /// Why the request cannot be served, if it is malformed.
    pub(in crate::web) fault: Option<Box<str>>,
    pub(in crate::web) route: Option<&'static str>,
    pub(in crate::web) params: Params,
    /// What is answered where no route serves the request.
    pub(in crate::web) fallback: Fallback,
    /// How the response leaves, once the app serves the request.
    pub(in crate::web) format: Option<ResponseFormat>,
    pub(in crate::web) extensions: Extensions,
    pub(in crate::web) lazy: Lazy,
}

/// What is read when it is asked for.
#[derive(Clone, Default)]
pub(in crate::web) struct Lazy {
    uri: OnceLock<Uri>,
    query: OnceLock<QueryParams>,
    cookies: OnceLock<Cookies>,
    request_context: OnceLock<Value>,
    stage_variables: OnceLock<Value>,
}

/// Where the query stands in the document: of those that are filled the first counts.
#[derive(Debug, Clone)]
pub(in crate::web) struct QuerySource {
    /// As in a URL, which only some front ends write.
    pub(in crate::web) url: Option<Text>,
    /// A JSON object of lists.
    pub(in crate::web) multi: Option<Text>,
    /// A JSON object of texts.
    pub(in crate::web) single: Option<Text>,
}

impl Request {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.0.method
    }

    /// The path, decoded, without the stage and without the base path of a custom domain.
    pub fn path(&self) -> &str {
        self.0.decoded.as_deref().unwrap_or_else(|| self.routing_path())
    }

    /// The path parameter of this name, decoded.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.path_params().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All path parameters, names and values, in the order of the template.
    pub fn path_params(&self) -> PathParams<'_> {
        PathParams { params: self.0.params.0.iter(), document: self.document() }
    }

    /// The query.
    pub fn query(&self) -> &QueryParams {
        self.0.lazy.query.get_or_init(|| self.read_query())
    }

    /// The headers. Values may hold bytes that are not ASCII. Of more than 24,576, which no front end lets through, the
    /// others are left out, which is logged.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers.map(self.document())
    }

    /// The headers, to be changed for the middleware further in and the handler.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        let inner = Arc::make_mut(&mut self.0);
        inner.lazy.cookies = OnceLock::new();
        inner.headers.map_mut(inner.original.bytes())
    }

    /// The cookies.
    pub fn cookies(&self) -> &Cookies {
        self.0.lazy.cookies.get_or_init(|| {
            Cookies(CookieJar::parse(self.0.headers.all(self.document(), "cookie").into_iter()))
        })
    }

    /// The body, decoded if it came as base64; empty if there is none.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Replaces the body for the middleware further in and the handler. The headers stay.
    pub fn set_body(&mut self, body: impl IntoBody) {
        let inner = Arc::make_mut(&mut self.0);
        inner.body = body.into_body().bytes;
        inner.body_changed = true;
    }

    /// The body as text.
    ///
    /// # Errors
    /// [`BadRequestError`]: the body is not UTF-8.
    pub fn text(&self) -> Result<&str> {
        str::from_utf8(self.body()).map_err(|_| BadRequestError::new("the body is not UTF-8 text").into())
    }

    /// The body read as JSON, whatever the content type says.
    ///
    /// # Errors
    /// [`BadRequestError`]: the body is empty or no JSON. [`UnprocessableEntityError`]: the JSON is not a `T`; the
    /// message names the field.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        read_body(self.body())
    }

    /// The stage of the API: `$default` for function URLs, empty for load balancers.
    pub fn stage(&self) -> &str {
        self.0.stage.get(self.document())
    }

    /// The variables of the API's stage, `null` if there are none.
    pub fn stage_variables(&self) -> &Value {
        self.0.lazy.stage_variables.get_or_init(|| self.read_stage_variables())
    }

    /// What the front end says about the request, its authorizer's data included: the `requestContext` of the event.
    pub fn request_context(&self) -> &Value {
        self.0
            .lazy
            .request_context
            .get_or_init(|| self.raw_event().member("requestContext").and_then(read_any).unwrap_or_default())
    }

    /// The address of the client as the front end saw it. Behind a load balancer it is the last entry of
    /// `X-Forwarded-For`, which is the one that the balancer itself has written.
    pub fn client_ip(&self) -> Option<IpAddr> {
        let address = match &self.0.source_ip {
            Some(ip) => ip.get(self.document()),
            None if self.0.front_end.forwards_client => {
                self.0.headers.all(self.document(), "x-forwarded-for").pop()?.rsplit(',').next()?
            }
            None => return None,
        };
        read_address(address.trim())
    }

    /// What middleware has put there for those further in.
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// The extensions, to be changed: a middleware puts a value there, a handler takes it as
    /// [`Extension<T>`](crate::Extension).
    pub fn extensions_mut(&mut self) -> &mut Extensions {
        &mut Arc::make_mut(&mut self.0).extensions
    }
}

impl Request {
    pub(in crate::web) fn document(&self) -> &Bytes {
        self.0.original.bytes()
    }

    /// Reads the event of a request.
    ///
    /// # Errors
    /// It is no HTTP event: the text says what is missing or wrong.
    pub(crate) fn read(event: RawEvent, context: Context) -> Result<Self> {
        decode(event, context)
    }

    pub(crate) fn raw_event(&self) -> &RawEvent {
        &self.0.original
    }

    /// What Lambda says about the invocation.
    pub(crate) fn invocation(&self) -> &Context {
        &self.0.context
    }

    /// The route of this handler does not take the request: logs name the handler all the same.
    pub(crate) fn refused_by(&mut self, handler: &'static str) {
        self.invocation_mut().handler = Some(handler);
    }

    pub(crate) fn invocation_mut(&mut self) -> &mut Context {
        &mut Arc::make_mut(&mut self.0).context
    }

    pub(in crate::web) fn front_end(&self) -> &'static FrontEnd {
        self.0.front_end
    }

    /// The path to route on, encoded or not as the front end delivers it.
    pub(crate) fn routing_path(&self) -> &str {
        self.0.path.get(self.document())
    }

    /// One segment of the routing path, decoded.
    ///
    /// # Errors
    /// [`BadRequestError`]: it is not percent-encoded UTF-8.
    pub(crate) fn decode_segment<'a>(&self, segment: &'a str) -> Result<Cow<'a, str>> {
        if !self.0.front_end.encodes_path {
            return Ok(Cow::Borrowed(segment));
        }
        decode_percent(segment).ok_or_else(|| BadRequestError::new(BAD_PATH).into())
    }

    /// Parameters that a router found in the routing path, decoded; not copied where they still lie in the document.
    pub(crate) fn params_of<'a>(&self, found: impl Iterator<Item = (&'static str, Cow<'a, str>)>) -> Params {
        Params(found.map(|(name, value)| (name, Text::new(self.document(), value))).collect())
    }

    /// Decides how the response leaves. What middleware does to the request does not change it: the client stays the same.
    pub(crate) fn decide_format(&mut self) -> ResponseFormat {
        let format = ResponseFormat::of(self);
        Arc::make_mut(&mut self.0).format = Some(format.clone());
        format
    }

    /// How the response leaves; nothing for a request that a middleware has made itself.
    pub(crate) fn format(&self) -> Option<&ResponseFormat> {
        self.0.format.as_ref()
    }

    /// The router tells why no route serves the request.
    pub(crate) fn unserved(&mut self, fallback: Fallback) {
        Arc::make_mut(&mut self.0).fallback = fallback;
    }

    /// Why no route serves the request.
    pub(crate) fn fallback(&self) -> &Fallback {
        &self.0.fallback
    }

    /// Why the request is malformed, if it is: it gets a 400, whatever its route.
    pub(crate) fn fault(&self) -> Option<&str> {
        self.0.fault.as_deref()
    }

    /// All headers.
    ///
    /// # Errors
    /// There are more than a map holds.
    pub(crate) fn all_headers(&self) -> Result<&HeaderMap> {
        self.0.headers.fit().map_err(Error::from)?;
        Ok(self.headers())
    }

    /// The first value of a header, without building a map of all.
    pub(crate) fn header_str(&self, name: &str) -> Option<&str> {
        self.0.headers.get(self.document(), name)
    }

    fn read_stage_variables(&self) -> Value {
        let variables =
            self.raw_event().member("stageVariables").and_then(|json| single(&mut Scan::new(json)));
        variables.map_or(Value::Null, |variables| {
            variables.into_iter().map(|(name, value)| (name, value.into_owned())).collect()
        })
    }

    fn read_query(&self) -> QueryParams {
        let (document, QuerySource { url, multi, single }) = (self.document(), &self.0.query_source);
        let form = self.0.front_end.query;
        if let (Some(url), QueryForm::Url) = (url, form) {
            return QueryParams::parse(url.get(document));
        }
        let read = |json: &Option<Text>, multi| {
            json.as_ref()
                .map(|json| QueryParams::of_object(json.get(document), multi, form == QueryForm::Encoded))
        };
        read(multi, true)
            .filter(|query| !query.is_empty())
            .or_else(|| read(single, false))
            .unwrap_or_default()
    }
}

/// Reads a body as JSON; see [`Request::json`].
pub(crate) fn read_body<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    if body.is_empty() {
        return Err(BadRequestError::new("the body is empty; JSON is expected").into());
    }
    read_json(body).map_err(|fault| json_error(body, &fault))
}

fn json_error(body: &[u8], fault: &JsonFault) -> Error {
    // A wrong shape may be met before the place where the JSON breaks off.
    let broken = read_json::<IgnoredAny>(body).err().filter(|_| fault.kind == FaultKind::Shape);
    let fault = broken.as_ref().unwrap_or(fault);
    let text = fault.sentence("the body");
    match fault.kind {
        FaultKind::Shape => UnprocessableEntityError::new(text).into(),
        FaultKind::Malformed | FaultKind::TooMuch => BadRequestError::new(text).into(),
    }
}

fn read_address(text: &str) -> Option<IpAddr> {
    let plain = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    plain.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

impl fmt::Debug for Request {
    /// Without the values of the path, the query and most headers, and without the body: they may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", self.method())
            .field("path", &format_args!("<{} bytes>", self.path().len()))
            .field("route", &self.route())
            .field("headers", &Shown(self.headers()))
            .field("body", &format_args!("<{} bytes>", self.body().len()))
            .finish_non_exhaustive()
    }
}
