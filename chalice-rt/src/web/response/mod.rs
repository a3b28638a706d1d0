//! `Response`: the answer of a route or an HTTP middleware, one pointer wide.

mod body;
mod error_response;
mod http_body;
mod into_response;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, VARY};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use body::{Body, IntoBody};
pub use into_response::IntoResponse;

use super::shown::Shown;
use crate::error::{Error, Result};
use crate::json::json_fault;
use crate::secrets::is_secret;

/// The body of the generic 500. Only the log has the reason.
const GENERIC: &str = r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#;

/// An HTTP response: status, headers, body.
///
/// The setters take anything that converts, and never panic. An invalid header or status makes the response a 500,
/// which later setters do not undo. [`error`](Response::error) then names it.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let response = Response::new(json!({"id": 7})).with_status(201).with_header("location", "/users/7");
/// assert_eq!(response.status(), StatusCode::CREATED);
/// assert_eq!(response.text(), r#"{"id":7}"#);
///
/// let response = Response::new("hello").with_header("x-bad", "a\nb: c");
/// assert_eq!(response.status(), 500);
/// ```
#[derive(Clone)]
pub struct Response(Box<Inner>);

#[derive(Clone, Default)]
struct Inner {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The content type that the body has set, if no header has.
    default_type: Option<&'static str>,
    error: Option<Arc<Error>>,
    /// Whether a setter received an invalid header or status.
    broken: bool,
    extensions: Extensions,
}

impl Response {
    /// Makes a response with this body: text, bytes, a [`Value`], `Json(value)`, or `()` for none. The status is 200,
    /// the content type that of the body.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let response = Response::new(json!({"id": 7}));
    /// assert_eq!(response.status(), StatusCode::OK);
    /// assert_eq!(response.headers()["content-type"], "application/json");
    /// ```
    pub fn new(body: impl IntoBody) -> Self {
        Response(Box::default()).with_body(body)
    }

    /// Sets the status: a [`StatusCode`] or a number.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(Response::new("gone").with_status(410).status(), StatusCode::GONE);
    /// ```
    #[must_use]
    pub fn with_status(mut self, status: impl IntoStatus) -> Self {
        match status.into_status() {
            Some(_) if self.0.broken => {}
            Some(status) => self.0.status = status,
            None => self.spoil("the status is not a status of HTTP".into()),
        }
        self
    }

    /// Sets a header. It replaces those of this name.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let response = Response::new(()).with_header("cache-control", "no-store");
    /// assert_eq!(response.headers()["cache-control"], "no-store");
    /// ```
    #[must_use]
    pub fn with_header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        self.put(name, value, |headers, name, value| drop(headers.insert(name, value)));
        self
    }

    /// Adds a header. It keeps those of this name, as for several `set-cookie`.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let response = Response::new(()).append_header("set-cookie", "a=1").append_header("set-cookie", "b=2");
    /// assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    /// ```
    #[must_use]
    pub fn append_header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        self.put(name, value, |headers, name, value| _ = headers.append(name, value));
        self
    }

    /// Sets the body, and its content type unless a header has set one.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let response = Response::new(()).with_status(404).with_body("not here");
    /// assert_eq!(response.text(), "not here");
    /// ```
    #[must_use]
    pub fn with_body(mut self, body: impl IntoBody) -> Self {
        self.set(body.into_body());
        self
    }

    /// Sets the body to the value as JSON, and the content type. The status and other headers are kept.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut response = Response::new("text");
    /// response.set_json(&["a", "b"])?;
    /// assert_eq!(response.text(), r#"["a","b"]"#);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// The value cannot be written as JSON. The response is then unchanged.
    pub fn set_json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let body = Body::json(value)?;
        if !self.0.broken {
            self.0.headers.remove(CONTENT_TYPE);
            self.set(body);
        }
        Ok(())
    }

    /// The status.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert!(Response::new("hello").status().is_success());
    /// ```
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(Response::new("hello").headers()["content-type"], "text/plain; charset=utf-8");
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The headers, mutable.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut response = Response::new("hello").with_header("server", "mine");
    /// response.headers_mut().remove("server");
    /// assert!(!response.headers().contains_key("server"));
    /// ```
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.0.headers
    }

    /// The body.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(Response::new("hello").body().len(), 5);
    /// ```
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The body, mutable. The content type is kept.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut response = Response::new("hello");
    /// *response.body_mut() = Bytes::from("good bye");
    /// assert_eq!(response.text(), "good bye");
    /// ```
    pub fn body_mut(&mut self) -> &mut Bytes {
        &mut self.0.body
    }

    /// The body as text. Invalid UTF-8 becomes U+FFFD.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(Response::new("hello").text(), "hello");
    /// ```
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0.body)
    }

    /// Reads the body as JSON.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let response = Response::new(json!({"id": 7}));
    /// assert_eq!(response.json::<Value>()?["id"], 7);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// The body is not JSON, or does not fit `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let unreadable = |error| Error::from(format!("the body of the response: {}", json_fault(&error)));
        serde_json::from_slice(self.body()).map_err(unreadable)
    }

    /// The error that this response was made from: an error of a route or an HTTP middleware, a panic, or the error of
    /// a setter with an invalid header or status.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[middleware("http")]
    /// async fn count_failures(request: Request, next: Next<Request>) -> Result<Response> {
    ///     let response = next.run(request).await?;
    ///     if let Some(error) = response.error() {
    ///         tracing::warn!("answered with {}: {error}", response.status());
    ///     }
    ///     Ok(response)
    /// }
    /// # fn main() {}
    /// ```
    pub fn error(&self) -> Option<&Error> {
        self.0.error.as_deref()
    }

    /// Values for middleware further out. They do not leave the process.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert!(Response::new(()).extensions().get::<u32>().is_none());
    /// ```
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// The extensions, mutable.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let mut response = Response::new(());
    /// response.extensions_mut().insert(7_u32);
    /// assert_eq!(response.extensions().get(), Some(&7_u32));
    /// ```
    pub fn extensions_mut(&mut self) -> &mut Extensions {
        &mut self.0.extensions
    }
}

impl Response {
    /// The generic 500. Only the log has the reason.
    pub(crate) fn generic() -> Self {
        let mut response = Response(Box::default());
        response.become_generic();
        response
    }

    /// Keeps the error that this response was made from.
    pub(crate) fn with_error(mut self, error: Arc<Error>) -> Self {
        self.0.error = Some(error);
        self
    }

    /// Makes a response with an invalid header or status a 500, even if its body has changed since.
    pub(in crate::web) fn settled(mut self) -> Self {
        if self.0.broken {
            self.become_generic();
        }
        self
    }

    pub(in crate::web) fn into_http(self) -> http::Response<Bytes> {
        let inner = *self.0;
        let mut response = http::Response::new(inner.body);
        *response.status_mut() = inner.status;
        *response.headers_mut() = inner.headers;
        for (name, value) in response.headers_mut() {
            value.set_sensitive(value.is_sensitive() || is_secret(name.as_str()));
        }
        *response.extensions_mut() = inner.extensions;
        if let Some(error) = inner.error {
            response.extensions_mut().insert(error);
        }
        response
    }

    /// Converts a response of the crate `http`. The error of a response that was ours is restored.
    pub(in crate::web) fn from_http(response: http::Response<Bytes>) -> Self {
        let (mut parts, body) = response.into_parts();
        let (status, headers, error) = (parts.status, parts.headers, parts.extensions.remove::<Arc<Error>>());
        Response(Box::new(Inner {
            status,
            headers,
            body,
            error,
            extensions: parts.extensions,
            ..Inner::default()
        }))
    }

    /// Adds to this response the error and extensions of `kept`, which JSON cannot carry.
    pub(in crate::web) fn keeping(mut self, kept: Option<Response>) -> Self {
        if let Some(kept) = kept {
            let same_status = kept.0.status == self.0.status;
            self.0.error = kept.0.error.filter(|_| same_status);
            self.0.extensions = kept.0.extensions;
        }
        self
    }

    pub(in crate::web) fn drop_body(&mut self) {
        self.0.body = Bytes::new();
    }

    fn set(&mut self, body: Body) {
        if let Some(error) = body.error {
            return self.spoil(error);
        }
        if self.0.broken {
            return;
        }
        self.0.body = body.bytes;
        let current = self.0.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
        if current.is_none() || current == self.0.default_type.map(str::as_bytes) {
            self.set_default_type(body.content_type);
        }
    }

    fn set_default_type(&mut self, content_type: Option<&'static str>) {
        self.0.default_type = content_type;
        match content_type {
            Some(name) => drop(self.0.headers.insert(CONTENT_TYPE, HeaderValue::from_static(name))),
            None => drop(self.0.headers.remove(CONTENT_TYPE)),
        }
    }

    fn put<N, V>(&mut self, name: N, value: V, put: fn(&mut HeaderMap, HeaderName, HeaderValue))
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => self.put_valid(name, value, put),
            (Ok(name), Err(_)) => self.spoil(bad_value(&name)),
            (Err(_), _) => self.spoil("the name of a header is not allowed in HTTP".into()),
        }
    }

    fn put_valid(
        &mut self,
        name: HeaderName,
        value: HeaderValue,
        put: fn(&mut HeaderMap, HeaderName, HeaderValue),
    ) {
        if name == CONTENT_TYPE {
            self.0.default_type = None;
        }
        if !(self.0.broken && name == CONTENT_TYPE) {
            put(&mut self.0.headers, name, value);
        }
    }

    /// Makes the response a 500. The first error is kept.
    fn spoil(&mut self, error: Error) {
        tracing::error!(%error, "a response cannot be sent; it becomes a 500");
        if !self.0.broken {
            self.0.error = Some(Arc::new(error));
            self.0.broken = true;
            self.keep_only_cors();
        }
        self.become_generic();
    }

    /// Drops all headers but CORS, so that browsers can read the 500.
    fn keep_only_cors(&mut self) {
        let headers = std::mem::take(&mut self.0.headers);
        let kept = headers.iter().filter(|(name, _)| is_cors(name));
        self.0.headers = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    }

    fn become_generic(&mut self) {
        self.0.status = StatusCode::INTERNAL_SERVER_ERROR;
        self.0.body = Bytes::from_static(GENERIC.as_bytes());
        self.set_default_type(Some("application/json"));
    }
}

/// Whether it is a header of CORS.
pub(in crate::web) fn is_cors(name: &HeaderName) -> bool {
    *name == VARY || name.as_str().starts_with("access-control-")
}

fn bad_value(name: &HeaderName) -> Error {
    format!("the value of the header `{name}` is not allowed in HTTP: it must be one line without control characters")
        .into()
}

impl From<Value> for Response {
    fn from(value: Value) -> Self {
        Response::new(value)
    }
}

impl fmt::Debug for Response {
    /// Hides the body, the text of the error and the values of most headers, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.0.status)
            .field("headers", &Shown(&self.0.headers))
            .field("body", &format_args!("<{} bytes>", self.0.body.len()))
            .field("error", &self.0.error.as_deref().map(Error::type_name))
            .finish_non_exhaustive()
    }
}

/// A type that can be a status: a [`StatusCode`], or a number from 100 to 999.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a status",
    note = "write a number as `404`, or a `StatusCode`"
)]
pub trait IntoStatus {
    /// Converts the value. `None` if the number is not a status.
    fn into_status(self) -> Option<StatusCode>;
}

impl IntoStatus for StatusCode {
    fn into_status(self) -> Option<StatusCode> {
        Some(self)
    }
}

macro_rules! statuses {
    ($($number:ty)*) => {$(
        impl IntoStatus for $number {
            fn into_status(self) -> Option<StatusCode> {
                StatusCode::from_u16(u16::try_from(self).ok()?).ok()
            }
        }
    )*};
}

statuses!(u16 i32 u32 i64 u64 usize);
