//! `Response`: what a route or an HTTP middleware answers, one pointer wide.

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

/// The body of a 500 whose reason is in the log only.
const GENERIC: &str = r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#;

/// An answer over HTTP: status, headers, body.
///
/// The setters take anything that converts and never panic. A header that HTTP does not allow makes the answer a 500 at
/// once, which later setters do not undo; [`error`](Response::error) says which header it was.
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
    /// The content type that is there only because of the body.
    default_type: Option<&'static str>,
    error: Option<Arc<Error>>,
    /// A setter was given what HTTP does not allow.
    broken: bool,
    extensions: Extensions,
}

impl Response {
    /// A response with this body: text, bytes, a [`Value`], `Json(value)`, or `()` for none. Its status is 200, its content type that
    /// of the body.
    pub fn new(body: impl IntoBody) -> Self {
        Response(Box::default()).with_body(body)
    }

    /// Sets the status: a [`StatusCode`] or a number.
    #[must_use]
    pub fn with_status(mut self, status: impl IntoStatus) -> Self {
        match status.into_status() {
            Some(_) if self.0.broken => {}
            Some(status) => self.0.status = status,
            None => self.spoil("the status is not a status of HTTP".into()),
        }
        self
    }

    /// Sets a header, in place of those that it had of this name.
    #[must_use]
    pub fn with_header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        self.put(name, value, |headers, name, value| drop(headers.insert(name, value)));
        self
    }

    /// Adds a header to those that there are of this name: `set-cookie` more than once.
    #[must_use]
    pub fn append_header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        self.put(name, value, |headers, name, value| _ = headers.append(name, value));
        self
    }

    /// Sets the body, and its content type unless a header has named one.
    #[must_use]
    pub fn with_body(mut self, body: impl IntoBody) -> Self {
        self.set(body.into_body());
        self
    }

    /// Makes the value the body, as JSON; status and headers stay, but for the content type.
    ///
    /// # Errors
    /// The value cannot be written as JSON. The response is then as it was.
    pub fn set_json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let body = Body::json(value)?;
        if !self.0.broken {
            self.0.headers.remove(CONTENT_TYPE);
            self.set(body);
        }
        Ok(())
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.0.headers
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The body, to be changed. The content type stays.
    pub fn body_mut(&mut self) -> &mut Bytes {
        &mut self.0.body
    }

    /// The body as text, with replacement characters for what is not UTF-8.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0.body)
    }

    /// The body read as JSON.
    ///
    /// # Errors
    /// The body is not JSON, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let unreadable = |error| Error::from(format!("the body of the response: {}", json_fault(&error)));
        serde_json::from_slice(self.body()).map_err(unreadable)
    }

    /// The error that this response was made of: one that a route or an HTTP middleware returned, a panic, or that of a
    /// setter that was given what HTTP does not allow.
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

    /// What others have put there. It does not leave the process.
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// The extensions, to be changed.
    pub fn extensions_mut(&mut self) -> &mut Extensions {
        &mut self.0.extensions
    }
}

impl Response {
    /// The 500 that says nothing of its reason, which is for the log only.
    pub(crate) fn generic() -> Self {
        let mut response = Response(Box::default());
        response.become_generic();
        response
    }

    /// Remembers the error that this response was made of.
    pub(crate) fn with_error(mut self, error: Arc<Error>) -> Self {
        self.0.error = Some(error);
        self
    }

    /// Makes sure that a response which a setter has broken leaves as the 500 that it is, whatever was done to its
    /// body since.
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

    /// A response of the crate `http`; the error of one that was ours comes back with it.
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

    /// This response with what the JSON of the one that it was made of could not carry.
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

    /// A setter was given what HTTP does not allow. The first such error is the one to be told.
    fn spoil(&mut self, error: Error) {
        tracing::error!(%error, "a response cannot be sent; it becomes a 500");
        if !self.0.broken {
            self.0.error = Some(Arc::new(error));
            self.0.broken = true;
            self.keep_only_cors();
        }
        self.become_generic();
    }

    /// What the 500 stands for had headers that are not its own, but those across origins may read it too.
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

/// Whether a header says who may read the response across origins.
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
    /// Without the body, the text of the error and the values of most headers: they may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.0.status)
            .field("headers", &Shown(&self.0.headers))
            .field("body", &format_args!("<{} bytes>", self.0.body.len()))
            .field("error", &self.0.error.as_deref().map(Error::type_name))
            .finish_non_exhaustive()
    }
}

/// What can be a status: a [`StatusCode`], or a number from 100 to 999.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a status",
    note = "write a number as `404`, or a `StatusCode`"
)]
pub trait IntoStatus {
    /// The status; nothing if the number is none.
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
