//! `cors`: cross-origin resource sharing.

mod headers;

use std::time::Duration;

pub(crate) use headers::{CorsHeaders, preflight_method};
use serde_json::{Value, json};

use super::{GivenOption, RouteOption};

/// The headers that pages may always send: those of API Gateway's clients, as in Chalice.
const ALWAYS_ALLOWED: [&str; 5] =
    ["Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token", "X-Api-Key"];

/// Cross-origin resource sharing: which pages of other origins may send requests to a route and read its responses.
///
/// `cors = Cors::new()..` goes on a route, or on a controller or a blueprint for all of its routes.
/// [`App::cors`](crate::App::cors) sets it for the whole app. The innermost setting wins. `cors = true` is
/// [`Cors::permissive`]. `cors = false` turns an outer setting off.
///
/// Every response of the route has the headers, also errors of the handler and of middleware, 405 and 415. A header
/// that the handler or a middleware has set is kept. A preflight (an `OPTIONS` request with `Origin` and
/// `Access-Control-Request-Method`) is answered before any middleware runs, unless the path has a route for `OPTIONS`.
///
/// Invalid settings are launch errors: `*` with credentials, an origin with a path, an invalid header name.
///
/// ```
/// use std::time::Duration;
///
/// use chalice_rt::prelude::*;
///
/// #[get("/prices", cors = true)]
/// async fn prices() -> Value {
///     json!([])
/// }
///
/// #[post("/orders", cors = Cors::new().allow_origin("https://shop.example.com").max_age(Duration::from_secs(600)))]
/// async fn order() -> StatusCode {
///     StatusCode::CREATED
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cors {
    origins: Vec<String>,
    allow_headers: Vec<String>,
    expose_headers: Vec<String>,
    max_age: Option<Duration>,
    allow_credentials: bool,
}

impl Cors {
    /// Allows no origin, until one is added.
    pub fn new() -> Self {
        Cors {
            origins: Vec::new(),
            allow_headers: Vec::new(),
            expose_headers: Vec::new(),
            max_age: None,
            allow_credentials: false,
        }
    }

    /// Allows every origin (`*`), as `cors = true` does. Browsers then send no cookies.
    pub fn permissive() -> Self {
        Cors::new().allow_origin("*")
    }

    /// Adds an allowed origin: scheme, host and port, as in `https://example.com`. `*` is every origin.
    ///
    /// A single origin is sent with each response. With several, the request's own origin is sent if it is listed, and
    /// every response has `Vary: Origin`.
    #[must_use]
    pub fn allow_origin(self, origin: impl Into<String>) -> Self {
        self.allow_origins([origin])
    }

    /// Adds several allowed origins.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let cors = Cors::new().allow_origins(["https://shop.example.com", "http://localhost:3000"]);
    /// ```
    #[must_use]
    pub fn allow_origins<S: Into<String>>(mut self, origins: impl IntoIterator<Item = S>) -> Self {
        self.origins.extend(origins.into_iter().map(Into::into));
        self
    }

    /// Adds headers that pages may send. `Authorization`, `Content-Type`, `X-Amz-Date`, `X-Amz-Security-Token` and
    /// `X-Api-Key` are always allowed, and so are the CORS-safelisted headers.
    #[must_use]
    pub fn allow_headers<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.allow_headers.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds response headers that pages may read, besides the CORS-safelisted ones such as `Content-Type`.
    #[must_use]
    pub fn expose_headers<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.expose_headers.extend(names.into_iter().map(Into::into));
        self
    }

    /// Sets how long a browser may cache the response to a preflight, in whole seconds. Default: none is sent, and
    /// browsers cache it for 5 seconds. Browsers have an upper limit of their own.
    #[must_use]
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// Sets whether browsers may send cookies. Default: no. It cannot be combined with the origin `*`.
    #[must_use]
    pub fn allow_credentials(mut self, allow: bool) -> Self {
        self.allow_credentials = allow;
        self
    }

    /// The headers that pages may send, sorted, without duplicates.
    fn allowed_headers(&self) -> Vec<&str> {
        let own = self.allow_headers.iter().map(String::as_str);
        let mut names: Vec<&str> = ALWAYS_ALLOWED.into_iter().chain(own).collect();
        names.sort_unstable();
        names.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
        names
    }
}

impl Default for Cors {
    /// [`Cors::permissive`], as `CORSConfig()` in Chalice.
    fn default() -> Self {
        Cors::permissive()
    }
}

/// A value of the argument `cors`: a [`Cors`] or a `bool`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of `cors`",
    label = "neither `true` or `false` nor a `Cors`",
    note = "write `cors = true` for every origin, or `cors = Cors::new().allow_origin(\"https://example.com\")`"
)]
// Not public API. Used by generated code.
#[doc(hidden)]
pub trait IntoCors {
    /// The configuration. `None` turns CORS off.
    fn into_cors(self) -> Option<Cors>;
}

impl IntoCors for Cors {
    fn into_cors(self) -> Option<Cors> {
        Some(self)
    }
}

impl IntoCors for bool {
    fn into_cors(self) -> Option<Cors> {
        self.then(Cors::permissive)
    }
}

/// `cors = ..`
pub fn cors(cors: impl IntoCors) -> GivenOption {
    let cors = cors.into_cors();
    let headers = cors.as_ref().map(CorsHeaders::of).transpose();
    GivenOption::new(CorsOption { cors, headers })
}

#[derive(Debug)]
struct CorsOption {
    cors: Option<Cors>,
    headers: Result<Option<CorsHeaders>, String>,
}

impl RouteOption for CorsOption {
    fn name(&self) -> &'static str {
        "cors"
    }

    fn setting(&self) -> Value {
        let Some(cors) = &self.cors else { return json!(false) };
        json!({
            "allow_origins": cors.origins,
            "allow_headers": cors.allowed_headers(),
            "expose_headers": cors.expose_headers,
            "max_age": cors.max_age.map(|age| age.as_secs()),
            "allow_credentials": cors.allow_credentials,
        })
    }

    fn mistake(&self) -> Option<&str> {
        self.headers.as_ref().err().map(String::as_str)
    }

    fn cors(&self) -> Option<&CorsHeaders> {
        self.headers.as_ref().ok()?.as_ref()
    }
}
