//! `Request`: an HTTP request, one pointer wide. Parts of the event are read on demand.

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

/// An HTTP request, from any front end: API Gateway (REST or HTTP API), a function URL, a load balancer, or the local
/// server.
///
/// It is one pointer wide and cheap to clone. A change copies the shared content first. Headers, query, cookies and the
/// front end's context are read on demand.
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
    /// The app's own path, encoded as the front end delivered it.
    pub(in crate::web) path: Text,
    /// The decoded path, if it differs.
    pub(in crate::web) decoded: Option<Box<str>>,
    pub(in crate::web) stage: Text,
    pub(in crate::web) source_ip: Option<Text>,
    pub(in crate::web) headers: LazyHeaders,
    /// Whether the event has a member for headers.
    pub(in crate::web) tells_headers: bool,
    pub(in crate::web) query_source: QuerySource,
    pub(in crate::web) body: Bytes,
    pub(in crate::web) body_changed: bool,
    /// The reason for a 400, if the request is malformed.
    pub(in crate::web) fault: Option<Box<str>>,
    pub(in crate::web) route: Option<&'static str>,
    pub(in crate::web) params: Params,
    /// The answer if no route serves the request.
    pub(in crate::web) fallback: Fallback,
    /// The format of the response, set when the app serves the request.
    pub(in crate::web) format: Option<ResponseFormat>,
    pub(in crate::web) extensions: Extensions,
    pub(in crate::web) lazy: Lazy,
}

/// Parts that are read on demand.
#[derive(Clone, Default)]
pub(in crate::web) struct Lazy {
    uri: OnceLock<Uri>,
    query: OnceLock<QueryParams>,
    cookies: OnceLock<Cookies>,
    request_context: OnceLock<Value>,
    stage_variables: OnceLock<Value>,
}

/// The query in the document. The first one present counts.
#[derive(Debug, Clone)]
pub(in crate::web) struct QuerySource {
    /// As in a URL. Only some front ends write it.
    pub(in crate::web) url: Option<Text>,
    /// A JSON object of lists.
    pub(in crate::web) multi: Option<Text>,
    /// A JSON object of strings.
    pub(in crate::web) single: Option<Text>,
}

impl Request {
    /// The method.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("PUT", "/users/7").build(), Context::default())?;
    /// assert_eq!(request.method(), Method::PUT);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn method(&self) -> &Method {
        &self.0.method
    }

    /// The path, decoded, without the stage and without the base path of a custom domain.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/caf%C3%A9?page=2").build(), Context::default())?;
    /// assert_eq!(request.path(), "/café");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn path(&self) -> &str {
        self.0.decoded.as_deref().unwrap_or_else(|| self.routing_path())
    }

    /// The decoded path parameter of this name.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[get("/users/{id}")]
    /// async fn user(request: Request) -> String {
    ///     request.param("id").unwrap_or_default().to_owned()
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!("users"));
    /// assert_eq!(client.get("/users/7").send().await.text(), "7");
    /// # });
    /// ```
    pub fn param(&self, name: &str) -> Option<&str> {
        self.path_params().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All path parameters, names and values, in the order of the template.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[get("/users/{id}/orders/{order}")]
    /// async fn order(request: Request) -> Value {
    ///     json!(request.path_params().collect::<Vec<_>>())
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!("orders"));
    /// let response = client.get("/users/7/orders/12").send().await;
    /// assert_eq!(response.json::<Value>().unwrap(), json!([["id", "7"], ["order", "12"]]));
    /// # });
    /// ```
    pub fn path_params(&self) -> PathParams<'_> {
        PathParams { params: self.0.params.0.iter(), document: self.document() }
    }

    /// The query.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/search?tag=a&tag=b").build(), Context::default())?;
    /// assert_eq!(request.query().get_all("tag").collect::<Vec<_>>(), ["a", "b"]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn query(&self) -> &QueryParams {
        self.0.lazy.query.get_or_init(|| self.read_query())
    }

    /// The headers. Values may contain bytes that are not ASCII. Headers beyond 24,576, which no front end lets
    /// through, are left out with a warning in the log.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").header("x-request-id", "r-1").build(), Context::default())?;
    /// assert_eq!(request.headers()["x-request-id"], "r-1");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers.map(self.document())
    }

    /// The headers, mutable. Middleware further in and the handler see the change.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut request = Request::from_value(events::http("GET", "/").build(), Context::default())?;
    /// request.headers_mut().insert("x-tenant", HeaderValue::from_static("acme"));
    /// assert_eq!(request.headers()["x-tenant"], "acme");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        let inner = Arc::make_mut(&mut self.0);
        inner.lazy.cookies = OnceLock::new();
        inner.headers.map_mut(inner.original.bytes())
    }

    /// The cookies.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").cookie("session", "s-1").build(), Context::default())?;
    /// assert_eq!(request.cookies().get("session"), Some("s-1"));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn cookies(&self) -> &Cookies {
        self.0.lazy.cookies.get_or_init(|| {
            Cookies(CookieJar::parse(self.0.headers.all(self.document(), "cookie").into_iter()))
        })
    }

    /// The body, decoded if it arrived in base64. Empty if there is none.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("POST", "/upload").body("bytes").build(), Context::default())?;
    /// assert_eq!(&request.body()[..], b"bytes");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Replaces the body. Middleware further in and the handler see the change. The headers are kept.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut request = Request::from_value(events::http("POST", "/").body("a secret").build(), Context::default())?;
    /// request.set_body("***");
    /// assert_eq!(request.text()?, "***");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn set_body(&mut self, body: impl IntoBody) {
        let inner = Arc::make_mut(&mut self.0);
        inner.body = body.into_body().bytes;
        inner.body_changed = true;
    }

    /// The body as text.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("POST", "/").body("hello").build(), Context::default())?;
    /// assert_eq!(request.text()?, "hello");
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`BadRequestError`]: the body is not UTF-8.
    pub fn text(&self) -> Result<&str> {
        str::from_utf8(self.body()).map_err(|_| BadRequestError::new("the body is not UTF-8 text").into())
    }

    /// Reads the body as JSON. The content type is not checked.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("POST", "/users").json(json!({"name": "Ada"})).build(), Context::default())?;
    /// let user: Value = request.json()?;
    /// assert_eq!(user["name"], "Ada");
    /// assert_eq!(request.json::<u8>().unwrap_err().status(), 422);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`BadRequestError`]: the body is empty or not JSON. [`UnprocessableEntityError`]: the JSON does not fit `T`. The
    /// message names the field.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        read_body(self.body())
    }

    /// The stage of the API. `$default` for function URLs, empty for load balancers.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").stage("prod").build(), Context::default())?;
    /// assert_eq!(request.stage(), "prod");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn stage(&self) -> &str {
        self.0.stage.get(self.document())
    }

    /// The stage variables of the API. Null if there are none.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").stage_variables(json!({"table": "users-prod"})).build(), Context::default())?;
    /// assert_eq!(request.stage_variables()["table"], "users-prod");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn stage_variables(&self) -> &Value {
        self.0.lazy.stage_variables.get_or_init(|| self.read_stage_variables())
    }

    /// The `requestContext` of the event, which includes the data of the front end's authorizer.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").authorizer(json!({"tenant": "acme"})).build(), Context::default())?;
    /// assert_eq!(request.request_context()["authorizer"]["tenant"], "acme");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn request_context(&self) -> &Value {
        self.0
            .lazy
            .request_context
            .get_or_init(|| self.raw_event().member("requestContext").and_then(read_any).unwrap_or_default())
    }

    /// The address of the client, as the front end saw it. Behind a load balancer it is the last entry of
    /// `X-Forwarded-For`, which the balancer itself has written.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").client_ip("192.0.2.1").build(), Context::default())?;
    /// assert_eq!(request.client_ip(), Some([192, 0, 2, 1].into()));
    /// # Ok::<(), Error>(())
    /// ```
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

    /// Values that middleware has put into the request.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").build(), Context::default())?;
    /// assert!(request.extensions().get::<String>().is_none());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// The extensions, mutable. A middleware inserts a value, and the handler takes it as an
    /// [`Extension<T>`](crate::Extension).
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[derive(Clone)]
    /// struct Tenant(&'static str);
    ///
    /// #[middleware("http")]
    /// async fn tenant(mut request: Request, next: Next<Request>) -> Result<Response> {
    ///     request.extensions_mut().insert(Tenant("acme"));
    ///     next.run(request).await
    /// }
    ///
    /// #[get("/tenant")]
    /// async fn show(tenant: Extension<Tenant>) -> &'static str {
    ///     tenant.0.0
    /// }
    /// # fn main() {}
    /// ```
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
    /// It is not an HTTP event. The text names what is missing or wrong.
    pub(crate) fn read(event: RawEvent, context: Context) -> Result<Self> {
        decode(event, context)
    }

    pub(crate) fn raw_event(&self) -> &RawEvent {
        &self.0.original
    }

    /// The context of the invocation.
    pub(crate) fn invocation(&self) -> &Context {
        &self.0.context
    }

    /// Notes the handler whose route refuses the request, for logs.
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
    /// [`BadRequestError`]: the segment is not percent-encoded UTF-8.
    pub(crate) fn decode_segment<'a>(&self, segment: &'a str) -> Result<Cow<'a, str>> {
        if !self.0.front_end.encodes_path {
            return Ok(Cow::Borrowed(segment));
        }
        decode_percent(segment).ok_or_else(|| BadRequestError::new(BAD_PATH).into())
    }

    /// Decodes the parameters that the router found in the routing path. A parameter that needs no decoding is not
    /// copied.
    pub(crate) fn params_of<'a>(&self, found: impl Iterator<Item = (&'static str, Cow<'a, str>)>) -> Params {
        Params(found.map(|(name, value)| (name, Text::new(self.document(), value))).collect())
    }

    /// Decides the format of the response. Changes of the request by middleware do not affect it, because the client is
    /// the same.
    pub(crate) fn decide_format(&mut self) -> ResponseFormat {
        let format = ResponseFormat::of(self);
        Arc::make_mut(&mut self.0).format = Some(format.clone());
        format
    }

    /// The format of the response. `None` for a request that a middleware has made.
    pub(crate) fn format(&self) -> Option<&ResponseFormat> {
        self.0.format.as_ref()
    }

    /// Removes the longest of these base paths that the path begins with.
    pub(crate) fn remove_base_path(&mut self, bases: &[String]) {
        let path = self.routing_path();
        let own = |base: &String| {
            path.strip_prefix(base.as_str()).filter(|own| own.is_empty() || own.starts_with('/'))
        };
        let Some(own) = bases.iter().filter_map(own).min_by_key(|own| own.len()) else { return };
        let own = Text::new(self.document(), Cow::Borrowed(if own.is_empty() { "/" } else { own }));
        let decoded = decode_percent(own.get(self.document())).map(|path| Box::from(&*path));
        let inner = Arc::make_mut(&mut self.0);
        inner.decoded = decoded.filter(|_| inner.decoded.is_some());
        inner.path = own;
    }

    /// Sets the reason why no route serves the request.
    pub(crate) fn unserved(&mut self, fallback: Fallback) {
        Arc::make_mut(&mut self.0).fallback = fallback;
    }

    /// The reason why no route serves the request.
    pub(crate) fn fallback(&self) -> &Fallback {
        &self.0.fallback
    }

    /// The reason why the request is malformed, if it is. It gets a 400 on any route.
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
    // A mismatch may come before the place where the JSON ends early. Then the JSON is malformed.
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
    /// Hides the values of the path, the query and most headers, and the body, which may be secret.
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
