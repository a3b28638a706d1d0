//! `Body`: bytes with a default content type, and the types that convert into it.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};

pub(super) const TEXT: &str = "text/plain; charset=utf-8";
pub(super) const BYTES: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// The bytes of a body, and their content type, which a header may override.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// assert_eq!(Response::new("hello").headers()["content-type"], "text/plain; charset=utf-8");
/// assert_eq!(Response::new(json!({"a": 1})).headers()["content-type"], "application/json");
/// ```
#[derive(Default)]
pub struct Body {
    pub(in crate::web) bytes: Bytes,
    pub(in crate::web) content_type: Option<&'static str>,
    pub(in crate::web) error: Option<Error>,
}

impl Body {
    /// A body of these bytes. `content_type` is the default of the header; `None` sets none.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let body = Body::new("a,b\n", Some("text/csv"));
    /// assert_eq!(Response::new(body).headers()["content-type"], "text/csv");
    /// ```
    pub fn new(bytes: impl Into<Bytes>, content_type: Option<&'static str>) -> Self {
        Body { bytes: bytes.into(), content_type, error: None }
    }

    /// A body of JSON, made from the value.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let body = Body::json(&[1, 2])?;
    /// assert_eq!(body.content_type(), Some("application/json"));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// The value cannot be written as JSON, such as a map whose keys are not strings.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        Ok(Body::new(serde_json::to_vec(value)?, Some(JSON)))
    }

    /// The default content type of the body.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!("hello".into_body().content_type(), Some("text/plain; charset=utf-8"));
    /// ```
    pub fn content_type(&self) -> Option<&'static str> {
        self.content_type
    }

    /// The bytes.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(&"hello".into_body().into_bytes()[..], b"hello");
    /// ```
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// A body of JSON. If the value cannot be written, the body makes its response a 500.
    pub(crate) fn json_or_error<T: Serialize + ?Sized>(value: &T) -> Self {
        Body::json(value).unwrap_or_else(|error| Body { error: Some(error), ..Body::default() })
    }
}

impl fmt::Debug for Body {
    /// Shows the size only, since a body may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("bytes", &format_args!("<{} bytes>", self.bytes.len()))
            .field("content_type", &self.content_type)
            .field("error", &self.error.as_ref().map(Error::type_name))
            .finish()
    }
}

/// A type that can be the body of a request or a response: text, bytes, JSON, or `()` for none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a body",
    label = "neither text nor bytes nor JSON",
    note = "a body is a `&str`, a `String`, bytes, a `Value` as `json!` makes it, or `Json(value)` of anything that implements `Serialize`"
)]
pub trait IntoBody {
    /// Converts the value into a body with its default content type.
    fn into_body(self) -> Body;
}

impl IntoBody for Body {
    fn into_body(self) -> Body {
        self
    }
}

impl IntoBody for () {
    fn into_body(self) -> Body {
        Body::default()
    }
}

impl IntoBody for Value {
    fn into_body(self) -> Body {
        Body::json_or_error(&self)
    }
}

impl IntoBody for &Value {
    fn into_body(self) -> Body {
        Body::json_or_error(self)
    }
}

macro_rules! bodies {
    ($content_type:ident: $($body:ty, $self:ident => $bytes:expr;)*) => {$(
        impl IntoBody for $body {
            fn into_body($self) -> Body {
                Body::new($bytes, Some($content_type))
            }
        }
    )*};
}

bodies! {
    TEXT:
    &str, self => self.to_owned();
    String, self => self;
    &String, self => self.clone();
    Cow<'_, str>, self => self.into_owned();
}

bodies! {
    BYTES:
    Bytes, self => self;
    Vec<u8>, self => self;
    &'static [u8], self => self;
}

impl<const N: usize> IntoBody for [u8; N] {
    fn into_body(self) -> Body {
        Body::new(self.to_vec(), Some(BYTES))
    }
}

impl<const N: usize> IntoBody for &'static [u8; N] {
    fn into_body(self) -> Body {
        Body::new(self.as_slice(), Some(BYTES))
    }
}
