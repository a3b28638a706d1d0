//! Tests of an app, in process and through the same bytes as on Lambda.

pub mod events;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::app::{App, InvocationError, LaunchReport, Service, Target};
use crate::context::Context;
use crate::error::Error;

mod request;

pub use request::TestRequest;

/// Drives an app in process, through the same bytes as Lambda.
///
/// In an integration test name the crate of the app, so that it is linked: `TestClient::new(my_app::app())`.
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
#[derive(Clone, Copy)]
pub struct TestClient(Service);

impl TestClient {
    /// A client of this app.
    ///
    /// # Panics
    /// The app cannot be launched; the message is the launch report. [`TestClient::try_new`] gives it as an error.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that cannot start has failed")]
    pub fn new(app: App) -> Self {
        Self::try_new(app).unwrap_or_else(|report| panic!("{report}"))
    }

    /// A client of this app.
    ///
    /// # Errors
    /// All launch errors of the app.
    pub fn try_new(app: App) -> Result<Self, LaunchReport> {
        app.launch().map(TestClient)
    }

    /// Invokes a handler by its name (`name`, `module::name`, `"GET /path"`) with a payload.
    ///
    /// # Errors
    /// What Lambda would show: the type and the text of the handler's error. `HandlerNotFound` if no handler, or more
    /// than one, has the name; `SetupFailed` is the app's setup.
    pub async fn invoke<T: Serialize + ?Sized>(
        &self,
        name: &str,
        payload: &T,
    ) -> Result<Value, InvocationError> {
        let target = self.0.target(name).map_err(|text| InvocationError::new("HandlerNotFound", text))?;
        let payload =
            serde_json::to_vec(payload).map_err(|error| InvocationError::from(Error::from(error)))?;
        self.exchange(target, payload.into()).await
    }

    /// Sends an event, which finds its handler by its shape, as on a Lambda function that serves several.
    ///
    /// # Errors
    /// What Lambda would show: the type and the text of the error.
    pub async fn send(&self, event: impl Into<Value>) -> Result<Value, InvocationError> {
        let event: Value = event.into();
        self.exchange(Target::ByShape, event.to_string().into()).await
    }

    /// Sends the bytes of an event, and gives those of the answer: the raw form, for recorded events and benchmarks.
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
    /// What Lambda would show: the type and the text of the error.
    pub async fn send_bytes(
        &self,
        event: impl Into<Bytes>,
        context: Context,
    ) -> Result<Bytes, InvocationError> {
        self.0.handle(Target::ByShape, event.into(), context).await
    }

    /// The names of the middleware around a handler, outermost first.
    ///
    /// # Panics
    /// No handler, or more than one, has the name; the methods of a route have different chains, and the name is not
    /// `"GET /path"`.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that asks for what is not there has failed")]
    pub fn chain(&self, name: &str) -> Vec<&str> {
        let chain = match self.0.target(name) {
            Ok(Target::Handler(index)) => self.0.handlers()[index].chain(name),
            Ok(Target::ByShape) => return Vec::new(),
            Err(text) => Err(text),
        };
        let chain = chain.unwrap_or_else(|text| panic!("{text}"));
        chain.running().map(|middleware| middleware.name.as_str()).collect()
    }

    async fn exchange(&self, target: Target, event: Bytes) -> Result<Value, InvocationError> {
        let answer = self.0.handle(target, event, context(self.0.name())).await?;
        serde_json::from_slice(&answer).map_err(|error| InvocationError::from(Error::from(error)))
    }
}

macro_rules! methods {
    ($($function:ident: $method:literal;)*) => {
        impl TestClient {
            $(
                #[doc = concat!("A request `", $method, " path`; the path may have a query.")]
                pub fn $function(&self, path: &str) -> TestRequest<'_> {
                    self.request($method, path)
                }
            )*

            /// A request of any method; the path may have a query.
            pub fn request(&self, method: impl AsRef<str>, path: &str) -> TestRequest<'_> {
                TestRequest::new(self, method.as_ref(), path)
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

impl std::fmt::Debug for TestClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TestClient").field(&self.0.name()).finish()
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
