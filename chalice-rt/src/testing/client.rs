//! `TestClient`: sends requests and events to an app.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::cookies::KeptCookies;
use super::front_end::FrontEnd;
use super::request::TestRequest;
use crate::app::{App, InvocationError, LaunchReport, Service, Target};
use crate::context::Context;
use crate::error::Error;

/// Sends requests and events to an app in process. The app reads and writes the same bytes as on Lambda.
///
/// An integration test must name the app's crate, so that its handlers are linked: `TestClient::new(my_app::app())`.
///
/// ```standalone_crate
/// use chalice_rt::prelude::*;
///
/// #[route("/hello/{name}")]
/// async fn hello(name: String) -> Value {
///     json!({"hello": name})
/// }
///
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let client = TestClient::new(app!());
/// let response = client.get("/hello/ada").send().await;
/// assert_eq!(response.status(), 200);
/// assert_eq!(response.json::<Value>().unwrap(), json!({"hello": "ada"}));
/// # });
/// ```
///
/// Requests arrive as those of a function URL. [`through`](TestClient::through) sets another front end.
#[derive(Clone, Copy)]
pub struct TestClient {
    pub(super) service: Service,
    pub(super) front_end: FrontEnd,
    /// Leaked, as the app is, so that a client is `Copy`.
    pub(super) cookies: Option<&'static KeptCookies>,
}

impl TestClient {
    /// A client of this app.
    ///
    /// ```no_run
    /// use chalice_rt::prelude::*;
    ///
    /// let client = TestClient::new(app!("orders").manage(7_u32));
    /// # drop(client);
    /// ```
    ///
    /// # Panics
    /// The app cannot be launched. The message is the launch report. [`TestClient::try_new`] returns it as an error.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that cannot start has failed")]
    pub fn new(app: App) -> Self {
        Self::try_new(app).unwrap_or_else(|report| panic!("{report}"))
    }

    /// A client of this app.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[get("/")]
    /// async fn first() {}
    ///
    /// #[get("/")]
    /// async fn second() {}
    ///
    /// let report = TestClient::try_new(app!()).unwrap_err();
    /// assert!(report.to_string().contains("two handlers serve `GET /`"));
    /// ```
    ///
    /// # Errors
    /// All launch errors of the app.
    pub fn try_new(app: App) -> Result<Self, LaunchReport> {
        let service = app.launch()?;
        Ok(TestClient { service, front_end: FrontEnd::FunctionUrl, cookies: None })
    }

    /// A client of the same app whose requests arrive through this front end.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[get("/")]
    /// async fn stage(request: Request) -> String {
    ///     request.stage().to_owned()
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!());
    /// assert_eq!(client.through(FrontEnd::Rest).get("/").send().await.text(), "api");
    /// assert_eq!(client.through(FrontEnd::Alb).get("/").send().await.text(), "");
    /// # });
    /// ```
    #[must_use]
    pub fn through(&self, front_end: FrontEnd) -> Self {
        TestClient { front_end, ..*self }
    }

    /// Makes the client keep cookies, as a browser does: it sends cookies of earlier responses with later requests to
    /// their path and below. Its copies share them. Default: no cookie is kept.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[post("/login")]
    /// async fn login() -> Response {
    ///     Response::new(()).with_header("set-cookie", "session=5eeb; Path=/; HttpOnly")
    /// }
    ///
    /// #[get("/")]
    /// async fn index(cookies: Cookies) -> String {
    ///     cookies.get("session").unwrap_or("nobody").to_owned()
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!()).keep_cookies();
    /// assert_eq!(client.get("/").send().await.text(), "nobody");
    /// client.post("/login").send().await;
    /// assert_eq!(client.get("/").send().await.text(), "5eeb");
    /// # });
    /// ```
    #[must_use]
    pub fn keep_cookies(self) -> Self {
        TestClient { cookies: Some(Box::leak(Box::default())), ..self }
    }

    /// Invokes a handler by its name (`name`, `module::name`, `"GET /path"`) with a payload.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[lambda_function]
    /// async fn double(n: u32) -> u32 {
    ///     2 * n
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!());
    /// assert_eq!(client.invoke("double", &21).await.unwrap(), 42);
    /// assert_eq!(client.invoke("treble", &21).await.unwrap_err().error_type, "HandlerNotFound");
    /// # });
    /// ```
    ///
    /// # Errors
    /// The `errorType` and `errorMessage` that Lambda would show for the handler's error. `HandlerNotFound` if no
    /// handler, or more than one, has the name. `SetupFailed` if the app's setup failed.
    pub async fn invoke<T: Serialize + ?Sized>(
        &self,
        name: &str,
        payload: &T,
    ) -> Result<Value, InvocationError> {
        let target =
            self.service.target(name).map_err(|text| InvocationError::new("HandlerNotFound", text))?;
        let payload =
            serde_json::to_vec(payload).map_err(|error| InvocationError::from(Error::from(error)))?;
        self.value(target, payload.into()).await
    }

    /// Sends an event. Its shape and source select the handler, as on a Lambda function with several handlers.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[on_sns_message("orders")]
    /// async fn ordered(event: SnsEvent) -> String {
    ///     event.message
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!());
    /// assert_eq!(client.send(events::sns("orders", "tea")).await.unwrap(), "tea");
    /// # });
    /// ```
    ///
    /// # Errors
    /// The `errorType` and `errorMessage` that Lambda would show.
    pub async fn send(&self, event: impl Into<Value>) -> Result<Value, InvocationError> {
        let event: Value = event.into();
        self.value(Target::ByShape, event.to_string().into()).await
    }

    /// Sends the bytes of an event and returns the bytes of the answer, for recorded events and benchmarks.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[lambda_function]
    /// async fn echo(event: Value) -> Value {
    ///     event
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!());
    /// let answer = client.send_bytes(r#"{"a":1}"#, Context::default()).await;
    /// assert_eq!(answer.unwrap(), r#"{"a":1}"#);
    /// # });
    /// ```
    ///
    /// # Errors
    /// The `errorType` and `errorMessage` that Lambda would show.
    pub async fn send_bytes(
        &self,
        event: impl Into<Bytes>,
        context: Context,
    ) -> Result<Bytes, InvocationError> {
        self.service.handle(Target::ByShape, event.into(), context).await
    }

    /// The names of the middleware around a handler, outermost first.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[middleware("all")]
    /// async fn timed<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    ///     next.run(event).await
    /// }
    ///
    /// #[get("/")]
    /// async fn index() {}
    ///
    /// assert_eq!(TestClient::new(app!()).chain("GET /"), ["timed"]);
    /// ```
    ///
    /// # Panics
    /// No handler, or more than one, has the name. The methods of a route may have different chains; then the name must
    /// be `"GET /path"`.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that asks for what is not there has failed")]
    pub fn chain(&self, name: &str) -> Vec<&str> {
        let chain = match self.service.target(name) {
            Ok(Target::Handler(index)) => self.service.handlers()[index].chain(name),
            Ok(Target::ByShape) => return Vec::new(),
            Err(text) => Err(text),
        };
        let chain = chain.unwrap_or_else(|text| panic!("{text}"));
        chain.running().map(|middleware| middleware.name.as_str()).collect()
    }

    /// The answer to an event, with a context like Lambda's.
    pub(super) async fn bytes(&self, target: Target, event: Bytes) -> Result<Bytes, InvocationError> {
        self.service.handle(target, event, context(self.service.name())).await
    }

    async fn value(&self, target: Target, event: Bytes) -> Result<Value, InvocationError> {
        let answer = self.bytes(target, event).await?;
        serde_json::from_slice(&answer).map_err(|error| InvocationError::from(Error::from(error)))
    }
}

macro_rules! methods {
    ($($function:ident: $method:literal;)*) => {
        impl TestClient {
            $(
                #[doc = concat!("A request `", $method, " path`; the path may have a query.")]
                #[doc = ""]
                #[doc = "```"]
                #[doc = "# use chalice_rt::prelude::*;"]
                #[doc = "# fn example(client: TestClient) {"]
                #[doc = concat!("let request = client.", stringify!($function), "(\"/orders/7?full=1\");")]
                #[doc = "# }"]
                #[doc = "```"]
                pub fn $function(&self, path: &str) -> TestRequest {
                    self.request($method, path)
                }
            )*

            /// Starts a request with any method. The path may have a query.
            ///
            /// ```
            /// # use chalice_rt::prelude::*;
            /// # fn example(client: TestClient) {
            /// let request = client.request("PURGE", "/cache");
            /// # }
            /// ```
            pub fn request(&self, method: impl AsRef<str>, path: &str) -> TestRequest {
                TestRequest::new(*self, method.as_ref(), path)
            }
        }
    };
}

methods! {
    get: "GET";
    post: "POST";
    put: "PUT";
    delete: "DELETE";
    patch: "PATCH";
    head: "HEAD";
    options: "OPTIONS";
}

impl fmt::Debug for TestClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestClient").field(&self.service.name()).finish()
    }
}

/// A context like Lambda's, with three seconds left.
fn context(function: &str) -> Context {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    Context {
        request_id: format!("00000000-0000-4000-8000-{count:012}"),
        deadline: SystemTime::now() + Duration::from_secs(3),
        invoked_function_arn: format!("arn:aws:lambda:us-east-1:123456789012:function:{function}"),
        function_name: function.to_owned(),
        function_version: "$LATEST".to_owned(),
        memory_limit_in_mb: 128,
        ..Context::default()
    }
}
