//! `App`: what `main` says about the app, before it is launched.

use std::any::TypeId;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;

use super::construction::{Construction, Tell};
use super::shutdown::{Hooks, ShutdownHook, run_all};
use crate::error::{Error, Result};
use crate::registry::{ControllerValues, Kinds, MiddlewareFor, MiddlewareOrigin, MiddlewareSpec, Site};
use crate::route;
use crate::route::{Cors, Options};
use crate::signal::Watchdog;
use crate::state::{Managed, States};

/// Where `app!` stands, and the crates that it names.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// The package of the app.
    pub package: &'static str,
    /// The name given, or the package's.
    pub name: &'static str,
    /// The crates of `include`, in the order written.
    pub include: &'static [&'static str],
}

pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
pub(super) type SetupFn = Box<dyn FnOnce(App) -> BoxFuture<Result<App>> + Send>;
pub(super) type Hook = Box<dyn FnOnce(States) -> BoxFuture<()> + Send>;

/// An app: the handlers and middleware that attributes have registered, and what `main` adds.
///
/// `app!()` makes it. Nothing can be registered once it runs.
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
    /// Brought along by a setup: only apps that have one link it.
    pub(super) watchdog: Option<fn() -> Watchdog>,
    pub(super) debug: bool,
    pub(super) strict_slashes: bool,
    pub(super) binary_types: Option<Vec<String>>,
    pub(super) body_limit: Option<usize>,
    pub(super) controllers: ControllerValues,
    pub(super) options: Options,
    /// Dropped when the app is launched.
    pub(super) _construction: Construction,
}

impl App {
    /// The app of a package. `app!` calls it; use that, which also links the crates that it names.
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
            binary_types: None,
            body_limit: None,
            controllers: ControllerValues::new(),
            options: Options::default(),
            _construction: Construction::begin(on_panic),
        }
    }

    /// The app's name: what `app!("name")` says, else the package's.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(app!("users").name(), "users");
    /// ```
    pub fn name(&self) -> &str {
        self.origin.name
    }

    /// Manages a value: handlers of every kind get it as [`State<T>`](crate::State), middleware with
    /// [`Next::state`](crate::Next::state). One value for each type; a second one is a launch error.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// struct Table(&'static str);
    ///
    /// let app = app!("users").manage(Table("users-dev"));
    /// ```
    pub fn manage<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        if self.managed.insert(TypeId::of::<T>(), Arc::new(value)).is_some() {
            self.managed_twice.push(std::any::type_name::<T>());
        }
        self
    }

    /// Manages a value instead of the one of its type that is there, if there is one: a test replaces what `main` made.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// struct Table(&'static str);
    ///
    /// fn app() -> App {
    ///     app!("users").manage(Table("users-prod"))
    /// }
    ///
    /// #[lambda_function]
    /// async fn table(_event: Value, table: State<Table>) -> &'static str {
    ///     table.0.0
    /// }
    ///
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let client = TestClient::new(app().replace(Table("users-test")));
    /// assert_eq!(client.invoke("table", &()).await.unwrap(), "users-test");
    /// # });
    /// ```
    pub fn replace<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.managed.insert(TypeId::of::<T>(), Arc::new(value));
        self
    }

    /// Makes managed values that need `await`: a client, a pool. It runs once, before the first event; its error is the
    /// init error of the function. It may only `manage`: chains are built before.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// struct Client;
    ///
    /// async fn connect() -> Result<Client> {
    ///     Ok(Client)
    /// }
    ///
    /// let app = app!("users").setup(|app| async move { Ok(app.manage(connect().await?)) });
    /// ```
    pub fn setup<F, Fut>(mut self, setup: F) -> Self
    where
        F: FnOnce(App) -> Fut + Send + 'static,
        Fut: Future<Output = Result<App>> + Send + 'static,
    {
        self.setups.push(Box::new(move |app| Box::pin(setup(app))));
        self.watchdog = Some(Watchdog::start);
        self
    }

    /// Whether a 500 shows the text of the error and of its sources, as `text/plain; charset=utf-8`. Default: no,
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

    /// Treats `/users/` as another path than `/users`. By default a trailing slash in the request is ignored.
    ///
    /// ```
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

    /// The content types whose bodies are sent as bytes (base64 on their way through Lambda), instead of the default
    /// ones: `application/octet-stream`, `application/zip`, and those of images, audio and video, as in Chalice.
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

    /// The largest body of a request, in bytes, that the local server and [`into_service`](App::into_service) take; a
    /// larger one is answered with 413. Default: 6 MB (6,291,456 bytes), as Lambda takes. On Lambda itself it has no
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

    /// Lets pages of other origins send requests and read the answers, on all routes that do not say `cors` themselves
    /// and have no blueprint or controller around them that does.
    ///
    /// It also covers what no route serves: 404, 405 and every error; not the 405 of a path all of whose routes say
    /// `cors = false`.
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

    /// Gives the value of a `#[controller]` type, instead of its `Default`.
    ///
    /// ```
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
    /// It takes functions, closures, types, what factories make, converted layers, and [`blocking`](crate::blocking)
    /// functions. Those registered here are outside the attributes' of the same `order`, in call order. A middleware
    /// that does not fit the kind does not compile. A generic function is no value: for several kinds give a type, a
    /// factory's call, or a function over `AnyEvent`.
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

    /// Runs a future when the process ends, of a closure without an argument or with [`States`](crate::States), which
    /// gives the managed values: on a laptop after Ctrl-C, on Lambda after SIGTERM, which Lambda sends to
    /// functions with an extension (a hook registers one), and when the Runtime API has failed for good.
    ///
    /// Hooks run in the order given, each on a thread of its own, and share what time there is: on Lambda about 400 ms,
    /// on a laptop 10 s. A hook waits for the one before it at most for its part of that. One that panics is logged;
    /// neither a panic nor a hook that hangs changes the exit code or keeps the others from running. A second Ctrl-C
    /// ends the process at once.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// struct Pool;
    ///
    /// let app = app!("users")
    ///     .manage(Pool)
    ///     .on_shutdown(|states: States| async move {
    ///         if let Ok(_pool) = states.get::<Pool>() {
    ///             tracing::info!("closed");
    ///         }
    ///     })
    ///     .on_shutdown(|| async { tracing::info!("flushed") });
    /// ```
    #[expect(private_bounds, reason = "the two forms of a hook are said above")]
    pub fn on_shutdown<A>(mut self, hook: impl ShutdownHook<A>) -> Self {
        self.hooks.add(Box::new(move |states| hook.start(states)), run_all);
        self
    }

    /// Gives up, as with a configuration that cannot be read: the error becomes the error of the app's setup, on Lambda
    /// the init error. Missing values are no launch errors then.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// struct Table(String);
    ///
    /// let app = match std::env::var("ORDERS_TABLE") {
    ///     Ok(name) => app!("orders").manage(Table(name)),
    ///     Err(error) => app!("orders").fail(error),
    /// };
    /// ```
    pub fn fail(mut self, error: impl Into<Error>) -> Self {
        let error = error.into();
        self.setups.insert(0, Box::new(|_| Box::pin(async { Err(error) })));
        self
    }

    /// An app of the same origin with nothing but the values, for a setup to add to.
    pub(super) fn shell(origin: Origin, managed: Managed) -> Self {
        App { managed, ..App::new(origin, None) }
    }

    /// Whether a setup did more than manage values.
    pub(super) fn did_more_than_manage(&self) -> bool {
        let registered = self.middleware.len()
            + self.setups.len()
            + usize::from(!self.hooks.is_empty())
            + self.controllers.len()
            + self.options.as_slice().len();
        let set = self.binary_types.is_some() || self.body_limit.is_some();
        registered > 0 || set || self.debug || self.strict_slashes
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// The app of the package in which it stands: `app!()`, `app!("name")`, `app!("name", include = [a_crate])`.
///
/// Every handler and middleware that is linked from the app's own package belongs to it: its binary, its library, its
/// test. Those of other packages stay inert until `include` names their crate; naming a crate also links it. In a
/// binary beside a library that holds the handlers, name the library in `include`, or use it in any other way.
///
/// The order of `include` is the order of the crates' middleware, outermost first; the app's own come last.
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
