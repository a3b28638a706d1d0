//! `TestRequest`: it is sent as the event of a front end, and its answer is read as a `Response`.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::client::TestClient;
use super::events::{self, HttpBuilder};
use crate::app::{InvocationError, Target};
use crate::web::{IntoBody, Response, read_response};

/// A request of a test. [`send`](TestRequest::send) sends it.
#[must_use = "a request does nothing until `send`"]
pub struct TestRequest {
    client: TestClient,
    path: String,
    /// The cookies that the test has set. They have precedence over kept ones.
    cookies: Vec<String>,
    event: HttpBuilder,
}

impl TestRequest {
    pub(super) fn new(client: TestClient, method: &str, path: &str) -> Self {
        let event = events::http(method, path).through(client.front_end).client_ip("127.0.0.1");
        let path = path.split('?').next().unwrap_or(path).to_owned();
        TestRequest { client, path, cookies: Vec::new(), event }
    }

    /// Adds a header. A repeated name adds another value.
    ///
    /// ```
    /// # use chalice_rt::prelude::*;
    /// # fn example(client: TestClient) {
    /// let request = client.get("/orders").header("authorization", "Bearer t0ken").header("x-page", 2);
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "a test writes a value, not a reference to one")]
    pub fn header(mut self, name: impl AsRef<str>, value: impl ToString) -> Self {
        self.event = self.event.header(name, value.to_string());
        self
    }

    /// Adds a query parameter, unencoded. A repeated name adds another value.
    ///
    /// ```
    /// # use chalice_rt::prelude::*;
    /// # fn example(client: TestClient) {
    /// let request = client.get("/orders").query("state", "open & paid").query("page", 2);
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "a test writes a value, not a reference to one")]
    pub fn query(mut self, name: impl AsRef<str>, value: impl ToString) -> Self {
        self.event = self.event.query(name, value.to_string());
        self
    }

    /// Adds a cookie, as it is. It replaces a kept cookie of this name.
    ///
    /// ```
    /// # use chalice_rt::prelude::*;
    /// # fn example(client: TestClient) {
    /// let request = client.get("/").cookie("session", "5eeb").cookie("theme", "dark");
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "a test writes a value, not a reference to one")]
    pub fn cookie(mut self, name: impl AsRef<str>, value: impl ToString) -> Self {
        self.cookies.push(name.as_ref().to_owned());
        self.event = self.event.cookie(name, value.to_string());
        self
    }

    /// Sets a JSON body and its content type. A value that cannot be serialized is sent as `null`.
    ///
    /// ```
    /// # use chalice_rt::prelude::*;
    /// # fn example(client: TestClient) {
    /// let request = client.post("/orders").json(&json!({"item": "tea", "count": 2}));
    /// # }
    /// ```
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.body(serde_json::to_value(value).unwrap_or(Value::Null))
    }

    /// Sets a body of `application/x-www-form-urlencoded` and its content type. The value is a struct, a map or a list
    /// of pairs. A list in it repeats the name.
    ///
    /// ```
    /// # use chalice_rt::prelude::*;
    /// # fn example(client: TestClient) {
    /// let request = client.post("/orders").form(&json!({"item": "green tea", "tags": ["a", "b"]}));
    /// # }
    /// ```
    ///
    /// # Panics
    /// The value cannot be a form, such as a map of maps.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that cannot make its request has failed")]
    pub fn form<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let form = serde_html_form::to_string(value);
        let form = form.unwrap_or_else(|error| panic!("the value cannot be sent as a form: {error}"));
        self.header("content-type", "application/x-www-form-urlencoded").body(form)
    }

    /// Sets the body: text, bytes or JSON. JSON sets the content type unless a header has set one. Other bodies set
    /// none, so that any route takes them.
    ///
    /// ```
    /// # use chalice_rt::prelude::*;
    /// # fn example(client: TestClient) {
    /// let request = client.put("/notes/7").header("content-type", "text/plain").body("remember the milk");
    /// # }
    /// ```
    pub fn body(mut self, body: impl IntoBody) -> Self {
        let body = body.into_body();
        if body.content_type() == Some("application/json") && !self.event.has_header("content-type") {
            self.event = self.event.header("content-type", "application/json");
        }
        self.event = self.event.body(body.into_bytes());
        self
    }

    /// Sends the request. A failed invocation gives a 502, as from a function URL, with the error in the body.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[post("/orders")]
    /// async fn order(order: Json<Value>) -> (StatusCode, Json<Value>) {
    ///     (StatusCode::CREATED, order)
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let response = TestClient::new(app!()).post("/orders").json(&json!({"item": "tea"})).send().await;
    /// assert_eq!(response.status(), StatusCode::CREATED);
    /// # });
    /// ```
    pub async fn send(self) -> Response {
        let TestRequest { client, path, cookies: own, mut event } = self;
        let kept = client.cookies.map(|cookies| cookies.for_path(&path)).unwrap_or_default();
        for (name, value) in kept.into_iter().filter(|(name, _)| !own.contains(name)) {
            event = event.cookie(name, value);
        }
        let answer = client.bytes(Target::ByShape, event.build().to_string().into()).await;
        let response = match answer.map(|answer| read_response(&answer)) {
            Ok(Ok(response)) => Response::from(response),
            Ok(Err(error)) => failed(&error.into()),
            Err(error) => failed(&error),
        };
        if let Some(cookies) = client.cookies {
            cookies.keep(&path, response.headers());
        }
        response
    }
}

fn failed(error: &InvocationError) -> Response {
    Response::new(serde_json::to_value(error).unwrap_or_default()).with_status(502)
}

impl fmt::Debug for TestRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestRequest").field("path", &self.path).finish_non_exhaustive()
    }
}
