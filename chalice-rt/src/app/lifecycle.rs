//! What an app has before its first event, and what it does at its end: managed values, the setup, hooks.

use std::any::TypeId;
use std::sync::Arc;

use super::builder::{App, Origin};
use super::shutdown::{ShutdownHook, run_all};
use crate::error::{Error, Result};
use crate::signal::Watchdog;
use crate::state::Managed;

impl App {
    /// Manages a value. Handlers of every kind take it as [`State<T>`](crate::State), middleware with
    /// [`Next::state`](crate::Next::state). A second value of the same type is a launch error.
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

    /// Manages a value in place of an earlier one of its type, so that a test can replace a value of `main`.
    ///
    /// ```standalone_crate
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

    /// Adds a function that makes managed values with `await`, such as a client or a pool. It runs once, before the
    /// first event. Its error is the init error of the function. It may only call [`manage`](App::manage), because the
    /// chains are already built.
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

    /// Makes the start fail, for example after a configuration that cannot be read. The error becomes the error of the
    /// app's setup, on Lambda the init error. Missing state is then not reported.
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

    /// Adds a hook that runs when the process ends. It is a closure without an argument, or with
    /// [`States`](crate::States), which has the managed values. Locally it runs after Ctrl-C. On Lambda it runs after
    /// SIGTERM, which Lambda sends to functions with an extension (a hook registers one), and after the Runtime API has
    /// failed for good.
    ///
    /// Hooks run in order, each on its own thread and runtime, so they may block. Tasks that a hook spawns end with it.
    /// The hooks share the time that is left: on Lambda about 400 ms, locally 10 s. A hook waits for the one before it
    /// at most for its share. A panic is logged. Neither a panic nor a hook that hangs changes the exit code or keeps the
    /// others from running. A second Ctrl-C ends the process at once.
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

    /// An empty app of the same origin with these values, for a setup to add to.
    pub(super) fn shell(origin: Origin, managed: Managed) -> Self {
        App { managed, ..App::new(origin, None) }
    }
}
