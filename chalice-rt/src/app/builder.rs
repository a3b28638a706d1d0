//! `App`: the app as `main` configures it, before the launch.

use std::any::TypeId;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;

use super::construction::{Construction, Tell};
use super::shutdown::Hooks;
use crate::error::Result;
use crate::registry::{ControllerValues, Kinds, MiddlewareFor, MiddlewareOrigin, MiddlewareSpec, Site};
use crate::route;
use crate::route::{Cors, Options};
use crate::signal::Watchdog;
use crate::state::{Managed, States};

/// The package of `app!`, and the crates that it includes.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// The package of the app.
    pub package: &'static str,
    /// The name of the app. Default: the package's.
    pub name: &'static str,
    /// The crates of `include`, in order.
    pub include: &'static [&'static str],
}

pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
pub(super) type SetupFn = Box<dyn FnOnce(App) -> BoxFuture<Result<App>> + Send>;
pub(super) type Hook = Box<dyn FnOnce(States) -> BoxFuture<()> + Send>;

/// An app: the handlers and middleware that attributes have registered, and the state and middleware that `main` adds.
///
/// [`app!`](crate::app) makes it. Nothing can be registered once it runs.
///
/// ```no_run
/// use chalice_rt::prelude::*;
///
/// #[route("/")]
/// async fn index() -> Value {
///     json!({"hello": "world"})
/// }
///
/// fn main() -> ExitCode {
///     app!("hello").run()
/// }
/// ```
#[must_use = "an app does nothing until `run`"]
pub struct App {
    pub(super) origin: Origin,
    pub(super) middleware: Vec<MiddlewareSpec>,
    pub(super) managed: Managed,
    pub(super) managed_twice: Vec<&'static str>,
    pub(super) setups: Vec<SetupFn>,
    pub(super) hooks: Hooks,
    /// A setup sets it, so only apps with one link the watchdog.
    pub(super) watchdog: Option<fn() -> Watchdog>,
    pub(super) debug: bool,
    pub(super) strict_slashes: bool,
    pub(super) base_paths: Vec<String>,
    pub(super) binary_types: Option<Vec<String>>,
    pub(super) body_limit: Option<usize>,
    pub(super) controllers: ControllerValues,
    pub(super) options: Options,
    /// Dropped when the app is launched.
    pub(super) _construction: Construction,
}

impl App {
    /// Makes the app of a package. Use [`app!`](crate::app), which also links the crates that it includes.
    #[doc(hidden)]
    pub fn new(origin: Origin, on_panic: Option<Tell>) -> Self {
        App {
            origin,
            middleware: Vec::new(),
            managed: Managed::new(),
            managed_twice: Vec::new(),
            setups: Vec::new(),
            hooks: Hooks::default(),
            watchdog: None,
            debug: false,
            strict_slashes: false,
            base_paths: Vec::new(),
            binary_types: None,
            body_limit: None,
            controllers: ControllerValues::new(),
            options: Options::default(),
            _construction: Construction::begin(on_panic),
        }
    }

    /// The name of the app: that of `app!("name")`, else the package's.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(app!("users").name(), "users");
    /// ```
    pub fn name(&self) -> &str {
        self.origin.name
    }

    /// Sets whether a 500 shows the text of the error and of its sources, as `text/plain; charset=utf-8`. Default: no,
    /// also locally.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let app = app!("users").debug(cfg!(debug_assertions));
    /// ```
    pub fn debug(mut self, on: bool) -> Self {
        self.debug = on;
        self
    }

    /// Distinguishes `/users/` from `/users`. By default a trailing slash in the request is ignored.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[get("/users")]
    /// async fn users() {}
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!("users").strict_slashes());
    /// assert_eq!(client.get("/users/").send().await.status(), 404);
    /// # });
    /// ```
    pub fn strict_slashes(mut self) -> Self {
        self.strict_slashes = true;
        self
    }

    /// Removes a path that a custom domain puts before those of the app, such as `/shop`, where a request's path begins
    /// with it. It is needed only where the event does not tell it, as for an HTTP API whose route is `$default`. Several
    /// may be given. The longest that fits is removed. Default: none.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// #[get("/users/{id}")]
    /// async fn user(id: u64) -> String {
    ///     id.to_string()
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let client = TestClient::new(app!("users").base_path("/shop"));
    /// assert_eq!(client.get("/shop/users/7").send().await.text(), "7");
    /// assert_eq!(client.get("/users/7").send().await.text(), "7");
    /// # });
    /// ```
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        let path: String = path.into();
        self.base_paths.push(format!("/{}", path.trim_matches('/')));
        self
    }

    /// Sets the content types whose bodies are binary, which Lambda carries in base64. Default:
    /// `application/octet-stream`, `application/zip`, and types of images, audio and video, as in Chalice.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let app = app!("pictures").binary_types(["image/*", "application/pdf"]);
    /// ```
    pub fn binary_types<S: Into<String>>(mut self, types: impl IntoIterator<Item = S>) -> Self {
        self.binary_types = Some(types.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the largest body of a request, in bytes, for the local server and [`into_service`](App::into_service). A
    /// larger one is answered with 413. Default: 6 MB (6,291,456 bytes), which is Lambda's limit. On Lambda it has no
    /// effect.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let app = app!("uploads").body_limit(64 * 1024);
    /// ```
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    /// Sets CORS for all routes that do not set `cors` themselves, and whose controller and blueprints do not.
    ///
    /// It also covers responses without a route, such as 404 and 405. A 405 has no CORS headers if all routes of the
    /// path have `cors = false`.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let app = app!("shop").cors(Cors::new().allow_origin("https://shop.example.com"));
    /// ```
    #[track_caller]
    pub fn cors(mut self, cors: Cors) -> Self {
        let caller = Location::caller();
        self.options.add(route::cors(cors), format_args!("the app ({}:{})", caller.file(), caller.line()));
        self
    }

    /// Sets the value of a [`#[controller]`](macro@crate::controller) type. Default: the type's `Default`.
    ///
    /// ```standalone_crate
    /// use chalice_rt::prelude::*;
    ///
    /// struct Greeter {
    ///     greeting: String,
    /// }
    ///
    /// #[controller("/greet")]
    /// impl Greeter {
    ///     #[get("/")]
    ///     async fn greet(&self) -> String {
    ///         self.greeting.clone()
    ///     }
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app!("greeter").controller(Greeter { greeting: "hello".to_owned() }));
    /// assert_eq!(client.get("/greet").send().await.text(), "hello");
    /// # });
    /// ```
    pub fn controller<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.controllers.insert(TypeId::of::<T>(), Arc::new(value));
        self
    }

    /// Registers a middleware for a kind, several kinds (a tuple of them), or [`All`](crate::All).
    ///
    /// It takes functions, closures, types, calls of factories, converted layers, and [`blocking`](crate::blocking)
    /// functions. For equal orders, middleware registered here is outside that of attributes, in call order. A
    /// middleware that does not fit the kind does not compile. A generic function is not a value: for several kinds use
    /// a type, a call of a factory, or a function over `AnyEvent`.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// async fn log(request: Request, next: Next<Request>) -> Result<Response> {
    ///     tracing::info!("{} {}", request.method(), request.path());
    ///     next.run(request).await
    /// }
    ///
    /// let app = app!("users").register_middleware(log, Http);
    /// ```
    #[track_caller]
    pub fn register_middleware<K: Kinds, V, M: MiddlewareFor<K, V>>(
        mut self,
        middleware: M,
        _kind: K,
    ) -> Self {
        let caller = Location::caller();
        let mut middleware = MiddlewareSpec::of::<K, V, M>(middleware);
        let site = Site {
            name: "register_middleware",
            package: self.origin.package,
            module: "",
            file: caller.file(),
            line: caller.line(),
            column: caller.column(),
        };
        middleware.origin = MiddlewareOrigin::Main { position: self.middleware.len(), site };
        self.middleware.push(middleware);
        self
    }

    /// Whether a setup called more than `manage`.
    pub(super) fn did_more_than_manage(&self) -> bool {
        let registered = self.middleware.len()
            + self.setups.len()
            + usize::from(!self.hooks.is_empty())
            + self.controllers.len()
            + self.options.as_slice().len();
        let set = !self.base_paths.is_empty() || self.binary_types.is_some() || self.body_limit.is_some();
        registered > 0 || set || self.debug || self.strict_slashes
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// Makes the app of the package that calls it: `app!()`, `app!("name")`, `app!("name", include = [a_crate])`.
///
/// Every linked handler and middleware of the package belongs to the app: those of its binary, its library, its test.
/// Those of other packages stay inert unless `include` names their crate, which also links it. A binary beside a
/// library with the handlers must name the library in `include`, or use it in any other way.
///
/// The order of `include` is the order of the crates' middleware, outermost first. The app's own comes last.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let app = app!("demo");
/// assert_eq!(app.name(), "demo");
/// ```
#[macro_export]
macro_rules! app {
    () => {
        $crate::app!(::core::env!("CARGO_PKG_NAME"))
    };
    ($name:expr $(,)?) => {
        $crate::app!($name, include = [])
    };
    (include = [$($krate:ident),* $(,)?] $(,)?) => {
        $crate::app!(::core::env!("CARGO_PKG_NAME"), include = [$($krate),*])
    };
    ($name:expr, include = [$($krate:ident),* $(,)?] $(,)?) => {{
        $(#[allow(unused_imports, clippy::single_component_path_imports)] use $krate as _;)*
        $crate::App::new(
            $crate::__private::Origin {
                package: ::core::env!("CARGO_PKG_NAME"),
                name: $name,
                include: &[$(::core::stringify!($krate)),*],
            },
            $crate::__private::on_construction_panic(),
        )
    }};
}
