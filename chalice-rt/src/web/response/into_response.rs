//! `IntoResponse`: the return types of routes.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::body::{BYTES, TEXT};
use super::{Body, IntoBody, Response};
use crate::describe::Describe;
use crate::error::{Error, NotFoundError, Result};

/// The return type of a route or a WebSocket handler.
///
/// Text, bytes and JSON give a 200 with that body. A [`StatusCode`] has no body, `()` is a 200 without one, `None` is a
/// 404. The `Err` of a `Result` is the handler's error.
///
/// `(StatusCode, T)`, `([(name, value); N], T)`, `(StatusCode, [(name, value); N], T)` and `(StatusCode, HeaderMap, T)`
/// are a `T` with that status and these headers. The headers replace those that `T` has of the same names.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[post("/users")]
/// async fn create() -> (StatusCode, Json<Value>) {
///     (StatusCode::CREATED, Json(json!({"id": 7})))
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the answer of a route",
    label = "not an answer",
    note = "to answer with JSON return `Json<{Self}>`, and derive `Serialize` for it",
    note = "a route returns a `Response`, `Json<T>`, a `Value`, text, bytes, a `StatusCode`, `()`, `(StatusCode, T)`, `(StatusCode, HeaderMap, T)`, `([(name, value)], T)`, an `Option` or a `Result` of these, or what implements `IntoResponse`"
)]
pub trait IntoResponse {
    /// Converts the value into a response.
    ///
    /// # Errors
    /// The error of the handler, which becomes a response as any other.
    fn into_response(self) -> Result<Response>;

    /// Describes the possible answers, as far as the type determines them. Default: nothing.
    fn describe(_description: &mut Describe) {}
}

impl IntoResponse for Response {
    fn into_response(self) -> Result<Response> {
        Ok(self)
    }
}

macro_rules! by_body {
    ($($content_type:expr => $($body:ty)*;)*) => {$($(
        impl IntoResponse for $body {
            fn into_response(self) -> Result<Response> {
                let mut body = self.into_body();
                body.error.take().map_or_else(|| Ok(Response::new(body)), Err)
            }

            fn describe(description: &mut Describe) {
                description.answer::<$body>(200, $content_type);
            }
        }
    )*)*};
}

by_body! {
    None => () Body;
    "application/json" => Value;
    TEXT => &'static str String Cow<'static, str>;
    BYTES => Bytes Vec<u8> &'static [u8];
}

impl<const N: usize> IntoResponse for [u8; N] {
    fn into_response(self) -> Result<Response> {
        Ok(Response::new(self))
    }
}

impl<const N: usize> IntoResponse for &'static [u8; N] {
    fn into_response(self) -> Result<Response> {
        Ok(Response::new(self))
    }
}

impl IntoResponse for StatusCode {
    fn into_response(self) -> Result<Response> {
        Ok(Response::new(()).with_status(self))
    }
}

impl<T: IntoResponse> IntoResponse for (StatusCode, T) {
    fn into_response(self) -> Result<Response> {
        Ok(self.1.into_response()?.with_status(self.0))
    }

    fn describe(description: &mut Describe) {
        description.any_status(T::describe);
    }
}

impl<T: IntoResponse> IntoResponse for (StatusCode, HeaderMap, T) {
    fn into_response(self) -> Result<Response> {
        let (status, headers, answer) = self;
        let mut response = answer.into_response()?.with_status(status);
        response.headers_mut().extend(headers);
        Ok(response)
    }

    fn describe(description: &mut Describe) {
        description.any_status(T::describe);
    }
}

impl<N, V, const COUNT: usize, T> IntoResponse for ([(N, V); COUNT], T)
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
    T: IntoResponse,
{
    fn into_response(self) -> Result<Response> {
        let (headers, answer) = self;
        Ok(with_headers(answer.into_response()?, headers))
    }

    fn describe(description: &mut Describe) {
        T::describe(description);
    }
}

impl<N, V, const COUNT: usize, T> IntoResponse for (StatusCode, [(N, V); COUNT], T)
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
    T: IntoResponse,
{
    fn into_response(self) -> Result<Response> {
        let (status, headers, answer) = self;
        Ok(with_headers(answer.into_response()?.with_status(status), headers))
    }

    fn describe(description: &mut Describe) {
        description.any_status(T::describe);
    }
}

/// The response with these headers in place of its own of the same names.
fn with_headers<N, V>(response: Response, headers: impl IntoIterator<Item = (N, V)>) -> Response
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
{
    headers.into_iter().fold(response, |response, (name, value)| response.with_header(name, value))
}

impl<T: IntoResponse> IntoResponse for Option<T> {
    fn into_response(self) -> Result<Response> {
        self.ok_or_else(|| NotFoundError::new("not found"))?.into_response()
    }

    fn describe(description: &mut Describe) {
        T::describe(description);
        description.status(404);
    }
}

impl<T: IntoResponse, E: Into<Error>> IntoResponse for Result<T, E> {
    fn into_response(self) -> Result<Response> {
        self.map_err(Into::into)?.into_response()
    }

    fn describe(description: &mut Describe) {
        T::describe(description);
    }
}
