//! Launch: validates the linked items and the configuration of `main`, and builds the service.

use std::rc::Rc;
use std::sync::OnceLock;

use http::Method;

use super::builder::App;
use super::error_handlers::ErrorHandlers;
use super::exchange::RouteEnd;
use super::layout::{self, Layout, ScopedMiddleware};
use super::order;
use super::own_items::own_items;
use super::report::LaunchReport;
use super::router::{Endpoint, Router};
use super::select::{self, select};
use super::service::{Launched, Service, SourceHandlers};
use super::setup::Setup;
use super::{extensions, fallback, twice, validate};
use crate::chain::{Chain, Node, middleware_node};
use crate::kind::{Kind, KindSet};
use crate::limits::LARGEST_BODY;
use crate::registry::{
    AnyNode, Assembly, Binding, ChainBuilder, Dispatch, ExceptionSpec, HandlerSpec, MiddlewareSpec, linked,
};
use crate::route::{CorsHeaders, Options, RouteOption, cors_of};
use crate::state::StateStore;
use crate::trace::trace_all;
use crate::web::Request;

impl App {
    /// Builds the chains and the table of routes.
    ///
    /// # Errors
    /// All launch errors at once.
    pub(crate) fn launch(mut self) -> Result<Service, LaunchReport> {
        let mut report = LaunchReport::default();
        let values = std::mem::take(&mut self.controllers);
        let mut assembly = Assembly::of(&own_items(self.origin, linked().collect(), &mut report), values);
        validate::compiled_twice(&mut assembly, &mut report);
        layout::prefix(&mut assembly);
        assembly.middleware.append(&mut self.middleware);
        layout::sort_few(&mut assembly.middleware, MiddlewareSpec::place);
        let threads = assembly.threads();
        self.validate(&assembly, &mut report);
        let Assembly { handlers, middleware, blueprints, controllers, exceptions, .. } = assembly;
        // Chains borrow from them and live as long as the process.
        let (handlers, middleware): (&_, &_) = (handlers.leak(), middleware.leak());
        let (blueprints, controllers, exceptions): (&_, &_, &_) =
            (blueprints.leak(), controllers.leak(), exceptions.leak());
        let options = std::mem::take(&mut self.options).leak();
        let layout = Layout { middleware, blueprints, controllers, options, exceptions };
        if self.setups.is_empty() {
            validate::needs(layout, handlers, &self.managed, &mut report);
        }
        let build = Build::new(&mut self, handlers, layout, &mut report);
        report.into_result(())?;
        Ok(Service::new(Launched {
            name: self.origin.name,
            states: build.states,
            handlers,
            kinds: handlers.iter().fold(KindSet::NONE, |kinds, handler| kinds.and(KindSet::of(handler.kind))),
            sources: build.sources,
            router: build.router,
            unrouted: build.unrouted,
            errors: build.errors,
            cors: cors_of(options),
            base_paths: build.base_paths,
            binary_types: build.binary_types,
            #[cfg(any(feature = "local", feature = "testing"))]
            infos: OnceLock::new(),
            layout,
            warnings: build.warnings,
            threads,
            body_limit: self.body_limit.unwrap_or(LARGEST_BODY),
            setup: Setup::new(self.origin, self.managed, self.setups, self.watchdog),
            hooks: self.hooks,
        }))
    }

    fn validate(&self, assembly: &Assembly, report: &mut LaunchReport) {
        let handlers = &assembly.handlers;
        assembly.errors.iter().for_each(|error| report.add(error));
        validate::managed_twice(&self.managed_twice, report);
        validate::blueprints(&assembly.blueprints, handlers, report);
        validate::options(assembly, &self.options, report);
        validate::names(handlers, report);
        validate::bindings(handlers, report);
    }
}

/// The parts of a service, as they are built.
struct Build {
    states: &'static StateStore,
    debug: bool,
    base_paths: Vec<String>,
    binary_types: Option<&'static [String]>,
    chain_builder: ChainBuilder,
    router: Router,
    unrouted: &'static Chain<Request>,
    /// The app's own exception handlers.
    errors: &'static ErrorHandlers,
    /// The exception handlers of all routes. Most routes share them.
    all_errors: Vec<&'static ErrorHandlers>,
    /// The innermost node of every route.
    route_end: &'static dyn Node<Request>,
    /// The middleware of the previous route, which the next one often shares.
    before: Around,
    sources: Vec<SourceHandlers>,
    warnings: Vec<String>,
    clashes: Vec<(usize, usize, String)>,
    bad_templates: Vec<String>,
}

impl Build {
    fn new(
        app: &mut App,
        handlers: &'static [HandlerSpec],
        layout: Layout<'static>,
        report: &mut LaunchReport,
    ) -> Self {
        let states: &'static StateStore = Box::leak(Box::default());
        let binary_types = app.binary_types.take().map(|types| &*types.leak());
        let trace_all = trace_all().unwrap_or_else(|fault| {
            report.add(fault);
            false
        });
        let chain_builder = ChainBuilder { states, trace_all, handler: "unrouted", template: "" };
        let errors: &'static ErrorHandlers =
            Box::leak(Box::new(ErrorHandlers::new(layout.exceptions_of_app(), app.debug)));
        let route_end = middleware_node::<Request, _>(Box::leak(Box::new(RouteEnd { binary_types })));
        let mut build = Build {
            states,
            debug: app.debug,
            base_paths: std::mem::take(&mut app.base_paths),
            binary_types,
            chain_builder,
            router: Router::new(app.strict_slashes, handlers.len()),
            unrouted: unrouted_chain(errors, &layout.of_app(Kind::Http), chain_builder),
            errors,
            all_errors: vec![errors],
            route_end,
            before: Around::of(&[], &Options::default(), chain_builder, route_end),
            sources: Vec::new(),
            warnings: order::ambiguities(layout),
            clashes: Vec::new(),
            bad_templates: Vec::new(),
        };
        let mut arounds: Vec<(&HandlerSpec, Rc<[ScopedMiddleware<'static>]>)> =
            Vec::with_capacity(handlers.len());
        for handler in handlers {
            let before = arounds.last().filter(|(before, _)| layout.alike(before, handler));
            let around =
                before.map_or_else(|| layout.around(handler).into(), |(_, around)| Rc::clone(around));
            arounds.push((handler, around));
        }
        for (index, (handler, around)) in arounds.iter().enumerate() {
            build.add(index, handler, around, layout);
        }
        build.warnings.extend(select::warnings(&arounds));
        build.warnings.extend(select::unused(layout, &arounds, app.origin.package));
        extensions::check(layout, handlers, &arounds, &mut build.warnings, report);
        build.warnings.extend(twice::warnings(&arounds));
        for (first, second, route) in std::mem::take(&mut build.clashes) {
            let places = validate::places(&[&handlers[first], &handlers[second]]);
            report
                .add(format!("two handlers serve {route}: {places}\na method is served once for each path"));
        }
        for error in std::mem::take(&mut build.bad_templates) {
            report.add(error);
        }
        build
    }

    fn add(
        &mut self,
        index: usize,
        handler: &'static HandlerSpec,
        around: &[ScopedMiddleware<'static>],
        layout: Layout<'_>,
    ) {
        let chain_builder = ChainBuilder { handler: handler.name, ..self.chain_builder };
        match handler.binding {
            Binding::Route { path, methods } => {
                let options = layout.options_of(handler);
                let errors = self.errors_of(layout.exceptions(handler));
                let chain_builder = ChainBuilder { template: path, ..chain_builder };
                for method in methods {
                    let around = select(around, handler, Some(method));
                    if !self.before.is_of(&around, options.as_slice()) {
                        self.before = Around::of(&around, &options, chain_builder, self.route_end);
                    }
                    let Some(end) = handler.end.as_ref().and_then(AnyNode::get) else { continue };
                    let chain = chain_builder.ending(self.before.nodes, end);
                    let passes_last = Some(RouteEnd::is_idle as fn(&Request) -> bool);
                    let chain = Chain { passes_last, errors: errors.for_chain(), ..chain };
                    let Around { options, cors, .. } = self.before;
                    let endpoint =
                        Endpoint { handler: index, chain, params: OnceLock::new(), options, cors, errors };
                    self.add_endpoint(method, endpoint);
                }
            }
            Binding::Event(_, dispatch) => {
                let around = select(around, handler, None);
                let around: Vec<&MiddlewareSpec> =
                    around.iter().map(|surrounding| surrounding.middleware).collect();
                if let Some(served) = dispatch.built(index, handler, &around, chain_builder) {
                    self.source(handler.kind, dispatch).handlers.push(served);
                }
            }
        }
    }

    /// The handlers of a kind, so far.
    fn source(&mut self, kind: Kind, dispatch: Dispatch) -> &mut SourceHandlers {
        let known = self.sources.iter().position(|source| source.kind == kind);
        let index = known.unwrap_or_else(|| {
            self.sources.push(SourceHandlers { kind, dispatch, handlers: Vec::new() });
            self.sources.len() - 1
        });
        &mut self.sources[index]
    }

    /// The error handlers of a route.
    fn errors_of(&mut self, scopes: Vec<Vec<&'static ExceptionSpec>>) -> &'static ErrorHandlers {
        if let Some(known) = self.all_errors.iter().find(|errors| errors.is_by(&scopes)) {
            return known;
        }
        let errors: &'static ErrorHandlers = Box::leak(Box::new(ErrorHandlers::new(scopes, self.debug)));
        self.all_errors.push(errors);
        errors
    }

    fn add_endpoint(&mut self, method: &str, endpoint: Endpoint) {
        let (handler, template) = (endpoint.handler, endpoint.chain.template);
        let added = Method::from_bytes(method.as_bytes()).map(|method| self.router.add(method, endpoint));
        match added {
            Ok(None) => {}
            Ok(Some(first)) => self.clashes.push((first, handler, format!("`{method} {template}`"))),
            Err(error) => {
                self.bad_templates.push(format!("`{method} {template}` cannot be a route: {error}"));
            }
        }
    }
}

/// The chain of requests that no route serves: the app's own middleware and the fallback.
fn unrouted_chain(
    errors: &'static ErrorHandlers,
    around: &[ScopedMiddleware<'_>],
    chain_builder: ChainBuilder,
) -> &'static Chain<Request> {
    let around = chain_builder.nodes(around.iter().map(|surrounding| surrounding.middleware), None);
    let chain = chain_builder.ending(around, fallback::end_node(errors));
    Box::leak(Box::new(Chain { errors: errors.for_chain(), ..chain }))
}

/// The nodes around a route. Most routes share them with the previous one.
struct Around {
    middleware: Vec<ScopedMiddleware<'static>>,
    options: &'static [&'static dyn RouteOption],
    cors: Option<&'static CorsHeaders>,
    /// The guards of the options, the middleware, and the innermost node of every route.
    nodes: &'static [&'static dyn Node<Request>],
}

impl Around {
    fn of(
        middleware: &[ScopedMiddleware<'static>],
        options: &Options,
        chain_builder: ChainBuilder,
        route_end: &'static dyn Node<Request>,
    ) -> Self {
        let nodes = chain_builder.nodes(middleware.iter().map(|one| one.middleware), Some(route_end));
        let guards: Vec<_> = options.as_slice().iter().filter_map(|option| option.guard()).collect();
        Around {
            middleware: middleware.to_vec(),
            cors: cors_of(options.as_slice()),
            options: options.as_slice().to_vec().leak(),
            nodes: if guards.is_empty() { nodes } else { [&guards, nodes].concat().leak() },
        }
    }

    fn is_of(&self, middleware: &[ScopedMiddleware<'static>], options: &[&'static dyn RouteOption]) -> bool {
        same(&self.middleware, middleware, |surrounding| std::ptr::from_ref(surrounding.middleware))
            && same(self.options, options, |option| std::ptr::from_ref(*option).cast::<()>())
    }
}

/// Whether two lists have the same elements, by their addresses.
fn same<A, T: ?Sized>(one: &[A], other: &[A], address: impl Fn(&A) -> *const T) -> bool {
    one.iter().map(&address).eq(other.iter().map(&address))
}
