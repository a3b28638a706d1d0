//! `Assembly` collects the entries that attributes have put into the binary. Only this file reads `inventory`.

use std::any::TypeId;
use std::sync::Arc;

use super::blueprint::BlueprintSpec;
use super::builder::HandlerBuilder;
use super::controller::{ControllerBuilder, ControllerSpec, ControllerValues};
use super::dispatch::Dispatch;
use super::exception::{ExceptionBuilder, ExceptionScope, ExceptionSpec};
use super::handler::{Binding, HandlerSpec};
use super::middleware::{MiddlewareOrigin, MiddlewareSpec};
use super::node::Taken;
use super::register::{Kinds, MiddlewareFor, Typed};
use super::site::Site;
use crate::chain::{Middleware, Threads};
use crate::error::catch;
use crate::event::{EventBinding, EventKind, Http};

/// Registers one item.
pub(crate) type Register = fn(&mut Assembly);

/// What one attribute puts into the binary: constant data, and a function that registers the item when the app is
/// built.
#[derive(Debug)]
pub struct Entry {
    /// Where the item is written.
    pub site: Site,
    /// Registers the item.
    pub register: Register,
}

inventory::collect!(Entry);

/// The linked items with their sites. The order is arbitrary: it depends on the linker.
pub(crate) fn linked() -> impl Iterator<Item = (&'static Site, Register)> {
    inventory::iter::<Entry>.into_iter().map(|entry| (&entry.site, entry.register))
}

/// One method per HTTP verb. Most routes have one verb, and the compiler would keep a list of one as a constant for
/// each of them.
macro_rules! one_method {
    ($($name:ident $method:literal),*) => {
        $(
            #[doc = concat!("A route of `", $method, "`.")]
            pub fn $name(&mut self, path: &'static str) -> HandlerBuilder<'_, Http> {
                self.route(path, &[$method])
            }
        )*
    };
}

/// The list that registered items write themselves into.
#[derive(Debug, Default)]
pub struct Assembly {
    pub(super) site: Site,
    rank: usize,
    values: ControllerValues,
    pub(crate) handlers: Vec<HandlerSpec>,
    pub(crate) middleware: Vec<MiddlewareSpec>,
    pub(crate) blueprints: Vec<BlueprintSpec>,
    pub(crate) controllers: Vec<ControllerSpec>,
    pub(crate) exceptions: Vec<ExceptionSpec>,
    /// Errors that registration itself finds.
    pub(crate) errors: Vec<String>,
}

impl Assembly {
    /// Registers the items in the given order. `usize` is the rank of an item's crate. Controllers take their values
    /// from `values`.
    pub(crate) fn of(items: &[(usize, &'static Site, Register)], values: ControllerValues) -> Self {
        let mut assembly =
            Assembly { values, handlers: Vec::with_capacity(items.len()), ..Assembly::default() };
        for (rank, site, register) in items {
            (assembly.rank, assembly.site) = (*rank, **site);
            assembly.add(*register);
        }
        assembly
    }

    /// Registers an item. User code can panic here: the `Default` of a middleware, or an expression of a list.
    fn add(&mut self, register: Register) {
        let (handlers, middleware) = (self.handlers.len(), self.middleware.len());
        if let Err(panic) = catch(|| register(self)) {
            // A half-registered item would only cause follow-up errors.
            self.handlers.truncate(handlers);
            self.middleware.truncate(middleware);
            let site = self.site;
            self.errors.push(format!("`{}` ({site}) panicked when it was registered: {panic}", site.name));
        }
    }

    /// The threads that the handlers, middleware and exception handlers need together.
    pub(crate) fn threads(&self) -> Threads {
        let middleware =
            self.middleware.iter().chain(self.blueprints.iter().flat_map(|blueprint| &blueprint.middleware));
        let middleware =
            middleware.chain(self.controllers.iter().flat_map(|controller| &controller.middleware));
        let wants = middleware
            .map(|middleware| middleware.threads)
            .chain(self.handlers.iter().map(HandlerSpec::threads));
        let wants = wants.chain(self.exceptions.iter().map(|exception| exception.threads));
        wants.fold(Threads::ONE, Threads::or)
    }

    one_method! {
        get "GET", post "POST", put "PUT", delete "DELETE", patch "PATCH", head "HEAD", options "OPTIONS"
    }

    /// Registers a route for these methods.
    pub fn route(
        &mut self,
        path: &'static str,
        methods: &'static [&'static str],
    ) -> HandlerBuilder<'_, Http> {
        let binding = Binding::Route { path, methods };
        HandlerBuilder::new(&mut self.handlers, HandlerSpec::new(self.site, Http::KIND, binding))
    }

    /// Registers a handler of events with the binding that its attribute names.
    #[inline]
    pub fn on<B: EventBinding>(&mut self, binding: B) -> HandlerBuilder<'_, B::Source> {
        let binding = Binding::Event(Box::new(binding), Dispatch::of::<B::Source>());
        HandlerBuilder::new(&mut self.handlers, HandlerSpec::new(self.site, B::Source::KIND, binding))
    }

    /// Registers a middleware that takes one type of event.
    pub fn middleware<E: Taken, K: Kinds, M: Middleware<E>>(
        &mut self,
        _kind: K,
        middleware: M,
    ) -> &mut MiddlewareSpec {
        self.add_middleware(MiddlewareSpec::one(K::SET, middleware))
    }

    /// Registers a middleware that takes the events of these kinds.
    pub fn middleware_for<K: Kinds, M: MiddlewareFor<K, Typed>>(
        &mut self,
        _kind: K,
        middleware: M,
    ) -> &mut MiddlewareSpec {
        self.add_middleware(MiddlewareSpec::of::<K, Typed, M>(middleware))
    }

    /// Registers a module as a blueprint.
    pub fn blueprint(&mut self, module: &'static str) -> &mut BlueprintSpec {
        self.blueprints.push(BlueprintSpec::new(self.site, module));
        self.blueprints.last_mut().unwrap_or_else(|| unreachable!("just pushed"))
    }

    /// Registers a type whose methods are routes. The value is the one given to the app, else the type's default.
    pub fn controller<T: Send + Sync + 'static>(
        &mut self,
        url_prefix: &'static str,
        default: Option<fn() -> T>,
    ) -> ControllerBuilder<'_, T> {
        ControllerBuilder::new(self, url_prefix, default)
    }

    /// Registers a function that answers errors.
    pub fn exception_handler(&mut self, site: Site) -> ExceptionBuilder<'_> {
        ExceptionBuilder::new(&mut self.exceptions, site, ExceptionScope::Module)
    }

    pub(super) fn controller_value<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        Arc::clone(self.values.get(&TypeId::of::<T>())?).downcast().ok()
    }

    fn add_middleware(&mut self, mut middleware: MiddlewareSpec) -> &mut MiddlewareSpec {
        middleware.origin = MiddlewareOrigin::Attribute { rank: self.rank, site: self.site };
        self.site.name.clone_into(&mut middleware.name);
        self.middleware.push(middleware);
        self.middleware.last_mut().unwrap_or_else(|| unreachable!("just pushed"))
    }
}

#[cfg(test)]
mod tests {
    use std::process::ExitCode;

    use tokio::runtime::{Handle, RuntimeFlavor};

    use super::*;
    use crate::chain::{Next, blocking};
    use crate::error::Result;
    use crate::event::bindings::Invoked;
    use crate::extract::call::{call_0, call_blocking_0};
    use crate::web::{Request, Response};

    fn sync(request: Request, next: Next<Request>) -> Result<Response> {
        next.run_blocking(request)
    }

    /// The flavor of the runtime that an app with this registration starts.
    fn flavor_with(register: fn(&mut Assembly)) -> RuntimeFlavor {
        let mut assembly = Assembly::default();
        assembly.get("/async").handle(call_0(async || "async"));
        register(&mut assembly);
        let (tell, told) = std::sync::mpsc::channel();
        let work = async move {
            tell.send(Handle::current().runtime_flavor()).expect("somebody listens");
            ExitCode::SUCCESS
        };
        assembly.threads().run(Box::pin(work)).expect("a runtime");
        told.recv().expect("the work has run")
    }

    #[test]
    fn one_sync_function_anywhere_wants_several_threads() {
        assert_eq!(flavor_with(|_| ()), RuntimeFlavor::CurrentThread);
        let sync_ones: [fn(&mut Assembly); 7] = [
            |app| app.get("/sync").handle_blocking(call_blocking_0(|| "sync")),
            |app| app.get("/listed").middleware(blocking(sync)).handle(call_0(async || "async")),
            |app| app.on(Invoked).reply_blocking(call_blocking_0(|| Ok(serde_json::Value::Null))),
            |app| _ = app.middleware::<Request, _, _>(Http, blocking(sync)),
            |app| {
                let blueprint = app.blueprint("a::module");
                crate::__blueprint_middleware!(blueprint, blocking(sync));
            },
            |app| app.controller("/", Some(|| ())).middleware(blocking(sync)),
            |app| app.exception_handler(Site::default()).handle_blocking(|_| Ok(Response::new("sync"))),
        ];
        for (index, register) in sync_ones.into_iter().enumerate() {
            assert_eq!(flavor_with(register), RuntimeFlavor::MultiThread, "{index}");
        }
    }
}
