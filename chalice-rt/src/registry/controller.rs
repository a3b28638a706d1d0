//! Controllers: a value whose methods are routes that share a prefix and middleware.

use std::any::{Any, TypeId};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::assembly::Assembly;
use super::builder::HandlerBuilder;
use super::exception::{ControllerException, ExceptionBuilder, ExceptionScope};
use super::handler::{Binding, HandlerSpec};
use super::middleware::{MiddlewareOrigin, MiddlewareSpec};
use super::site::Site;
use crate::chain::Middleware;
use crate::event::Http;
use crate::extract::{Argument, this};
use crate::kind::{Kind, KindSet};
use crate::route::{GivenOption, Options};
use crate::web::Request;

/// What the routes of a controller share.
#[derive(Debug)]
pub(crate) struct ControllerSpec {
    pub(crate) url_prefix: &'static str,
    pub(crate) middleware: Vec<MiddlewareSpec>,
    pub(crate) options: Options,
}

/// Registers a controller.
pub struct ControllerBuilder<'a, T> {
    assembly: &'a mut Assembly,
    index: usize,
    this: Option<Arc<T>>,
}

impl<'a, T: Send + Sync + 'static> ControllerBuilder<'a, T> {
    pub(super) fn new(
        assembly: &'a mut Assembly,
        url_prefix: &'static str,
        default: Option<fn() -> T>,
    ) -> Self {
        let this = assembly.controller_value::<T>().or_else(|| default.map(|default| Arc::new(default())));
        if this.is_none() {
            let (name, site) = (assembly.site.name, assembly.site);
            assembly.errors.push(format!(
                "the controller `{name}` ({site}) has no value: derive `Default` for it, or add `.controller(value)` to the app"
            ));
        }
        assembly.controllers.push(ControllerSpec {
            url_prefix,
            middleware: Vec::new(),
            options: Options::default(),
        });
        let index = assembly.controllers.len() - 1;
        ControllerBuilder { assembly, index, this }
    }

    /// Adds a middleware around all its routes, inside those added before.
    pub fn middleware<M: Middleware<Request>>(&mut self, middleware: M) {
        let mut middleware = MiddlewareSpec::one::<Request, M>(KindSet::of(Kind::Http), middleware);
        middleware.origin = MiddlewareOrigin::Listed { site: self.assembly.site };
        self.assembly.controllers[self.index].middleware.push(middleware);
    }

    /// Sets an option of all its routes that do not set it themselves.
    pub fn option(&mut self, option: GivenOption) {
        let site = self.assembly.site;
        let options = &mut self.assembly.controllers[self.index].options;
        options.add(option, format_args!("the controller `{}` ({site})", site.name));
    }

    /// The controller's value as the first argument of a method. It lives as long as the process, as chains do.
    pub fn this(&self) -> Argument<Request, Arc<T>> {
        this(self.this.clone().map(|this| &*Box::leak(Box::new(this))))
    }

    /// Registers a method as a route.
    pub fn route(
        &mut self,
        site: Site,
        path: &'static str,
        methods: &'static [&'static str],
    ) -> HandlerBuilder<'_, Http> {
        let binding = Binding::Route { path, methods };
        let mut spec = HandlerSpec::new(site, Kind::Http, binding);
        spec.controller = Some(self.index);
        HandlerBuilder::new(&mut self.assembly.handlers, spec)
    }

    /// Registers a method that answers the errors of the controller's routes.
    pub fn exception_handler(&mut self, site: Site) -> ControllerException<'_, T> {
        let scope = ExceptionScope::Controller(self.index);
        let builder = ExceptionBuilder::new(&mut self.assembly.exceptions, site, scope);
        ControllerException { builder, this: self.this.clone() }
    }
}

impl<T> fmt::Debug for ControllerBuilder<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControllerBuilder").finish_non_exhaustive()
    }
}

/// Autoref specialization: `get` of [`HasDefault`] if `T` has a default, else that of [`HasNone`].
#[derive(Debug)]
pub struct DefaultOf<T>(PhantomData<T>);

impl<T> DefaultOf<T> {
    /// A probe of the type.
    pub fn new() -> Self {
        DefaultOf(PhantomData)
    }
}

impl<T> Default for DefaultOf<T> {
    fn default() -> Self {
        DefaultOf::new()
    }
}

/// Implemented for a probe of a type with a default.
pub trait HasDefault<T> {
    /// The function that makes the default.
    fn get(&self) -> Option<fn() -> T>;
}

/// Implemented for a reference to any probe, so that it is the fallback.
pub trait HasNone<T> {
    /// `None`: the type has no default.
    fn get(&self) -> Option<fn() -> T> {
        None
    }
}

impl<T: Default> HasDefault<T> for DefaultOf<T> {
    fn get(&self) -> Option<fn() -> T> {
        Some(T::default)
    }
}

impl<T> HasNone<T> for &DefaultOf<T> {}

/// The function that makes the default of a type, if the type has one.
// Not public API. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __default_of {
    ($type:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::{HasDefault as _, HasNone as _};
        (&$crate::__private::DefaultOf::<$type>::new()).get()
    }};
}

/// The values of controllers that `main` gives, by type.
pub(crate) type ControllerValues = std::collections::HashMap<TypeId, Arc<dyn Any + Send + Sync>>;
