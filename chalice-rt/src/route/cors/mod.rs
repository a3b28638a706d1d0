//! `cors`: which pages of other origins may read the answers of a route.

mod headers;

use std::time::Duration;

pub(crate) use headers::{CorsHeaders, preflight_method};
use serde_json::{Value, json};

use super::{GivenOption, RouteOption};

/// The headers that pages may always send, as in Chalice: those of clients of API Gateway.
const ALWAYS_ALLOWED: [&str; 5] =
    ["Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token", "X-Api-Key"];

/// Which pages of other origins may send requests to a route and read its answers: cross-origin resource sharing.
///
/// It stands on a route, on a controller or a blueprint for all routes within (`cors = Cors::new()..`), or on the app
/// ([`App::cors`](crate::App::cors)); the one nearest to the route holds. `cors = true` is [`Cors::permissive`], and
/// `cors = false` leaves out what stands further out.
///
/// The headers are on every answer of the route: errors, those of middleware, 405 and 415 included. A header that the
/// handler or a middleware has set itself stays. A preflight, which is an `OPTIONS` request with `Origin` and
/// `Access-Control-Request-Method`, is answered before any middleware runs, unless the path has a route for `OPTIONS`.
///
/// What cannot be is a launch error: `*` with credentials, an origin with a path, the name of a header that HTTP does
/// not allow.
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
///
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let client = TestClient::new(app!("shop"));
/// let response = client.post("/orders").header("origin", "https://shop.example.com").send().await;
/// assert_eq!(response.headers()["access-control-allow-origin"], "https://shop.example.com");
/// # });
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
    /// No origin is allowed until one is named.
    #[expect(clippy::new_without_default, reason = "the default is the permissive one, as in Chalice")]
    pub fn new() -> Self {
        Cors {
            origins: Vec::new(),
            allow_headers: Vec::new(),
            expose_headers: Vec::new(),
            max_age: None,
            allow_credentials: false,
        }
    }

    /// Every origin is allowed, by `*`, as with `cors = true`. Browsers send no cookies then.
    pub fn permissive() -> Self {
        Cors::new().allow_origin("*")
    }

    /// Allows one more origin: scheme, host and port, as in `https://example.com`; `*` is every origin.
    ///
    /// The only one is sent with each answer. Of several the one that the request comes from is sent, if it is listed,
    /// and `Vary: Origin` with all answers.
    #[must_use]
    pub fn allow_origin(self, origin: impl Into<String>) -> Self {
        self.allow_origins([origin])
    }

    /// Allows several more origins.
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

    /// Headers that pages may send, besides `Authorization`, `Content-Type`, `X-Amz-Date`, `X-Amz-Security-Token` and
    /// `X-Api-Key`, which they always may, and those that browsers send unasked.
    #[must_use]
    pub fn allow_headers<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.allow_headers.extend(names.into_iter().map(Into::into));
        self
    }

    /// Headers of the answer that pages may read, besides `Content-Type` and the few others that they always may.
    #[must_use]
    pub fn expose_headers<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.expose_headers.extend(names.into_iter().map(Into::into));
        self
    }

    /// How long a browser may keep the answer to a preflight, in whole seconds. Browsers have a limit of their own. Left
    /// out, they keep it for 5 seconds.
    #[must_use]
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// Whether browsers may send cookies along. It needs named origins.
    #[must_use]
    pub fn allow_credentials(mut self, allow: bool) -> Self {
        self.allow_credentials = allow;
        self
    }

    /// The headers that pages may send, each once, sorted.
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

/// What `cors` may be: a [`Cors`], or whether there is any.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of `cors`",
    label = "neither `true` or `false` nor a `Cors`",
    note = "write `cors = true` for every origin, or `cors = Cors::new().allow_origin(\"https://example.com\")`"
)]
// Not public API: generated code asks for it.
#[doc(hidden)]
pub trait IntoCors {
    /// The configuration, if there is to be any.
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
