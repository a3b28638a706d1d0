//! Blueprints: modules whose handlers share a prefix and middleware.

use std::fmt;
use std::marker::PhantomData;

use super::metadata::MiddlewareMetadata;
use super::middleware::{MiddlewareOrigin, MiddlewareSpec, Offer};
use super::node::{Taken, Wanted};
use super::site::Site;
use crate::chain::{Middleware, Threads, name_of};
use crate::describe::Describe;
use crate::kind::KindSet;
use crate::route::{GivenOption, Options};

/// A module that is a blueprint: every handler in it belongs to it.
pub struct BlueprintSpec {
    pub(crate) site: Site,
    pub(crate) module: &'static str,
    pub(crate) url_prefix: &'static str,
    pub(crate) name_prefix: &'static str,
    pub(crate) middleware: Vec<MiddlewareSpec>,
    pub(crate) options: Options,
}

impl BlueprintSpec {
    pub(super) fn new(site: Site, module: &'static str) -> Self {
        let options = Options::default();
        BlueprintSpec { site, module, url_prefix: "", name_prefix: "", middleware: Vec::new(), options }
    }

    /// The path of the module, without the crate.
    pub(crate) fn path(&self) -> &'static str {
        self.module.split_once("::").map_or(self.module, |(_, path)| path)
    }

    /// Sets the prefix of the routes' paths.
    pub fn url_prefix(&mut self, prefix: &'static str) -> &mut Self {
        self.url_prefix = prefix;
        self
    }

    /// Sets the prefix of the handlers' names.
    pub fn name_prefix(&mut self, prefix: &'static str) -> &mut Self {
        self.name_prefix = prefix;
        self
    }

    /// Sets an option of all its routes that do not set it themselves.
    pub fn option(&mut self, option: GivenOption) {
        let (path, site) = (self.path(), self.site);
        self.options.add(option, format_args!("the blueprint `{path}` ({site})"));
    }

    /// Adds a middleware for the kinds that it implements.
    pub fn middleware(&mut self, fit: Fit) {
        let Fit { kinds, info, offers } = fit;
        let offer: Offer = Box::new(move |wanted| offers.iter().for_each(|offer| offer(wanted)));
        let mut middleware = MiddlewareSpec::new(kinds, info, offer);
        middleware.origin = MiddlewareOrigin::Listed { site: self.site };
        self.middleware.push(middleware);
    }
}

impl fmt::Debug for BlueprintSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlueprintSpec").field("module", &self.module).finish_non_exhaustive()
    }
}

/// The kinds of events that a middleware of a blueprint's list implements.
pub struct Fit {
    kinds: KindSet,
    info: MiddlewareMetadata,
    offers: Vec<Offer>,
}

impl Fit {
    /// Starts with no kinds, for a middleware of type `M`.
    pub fn none<M>(_middleware: &M) -> Self {
        let path = std::any::type_name::<M>();
        let info = MiddlewareMetadata {
            path,
            name: name_of(path),
            trace_execution: None,
            threads: Threads::ONE,
            description: Describe::default(),
        };
        Fit { kinds: KindSet::NONE, info, offers: Vec::new() }
    }
}

impl fmt::Debug for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fit").field("kinds", &self.kinds).finish_non_exhaustive()
    }
}

/// Autoref specialization: `fit` of [`FitsEvent`] if `M` is a middleware for `E`, else that of [`FitsNot`].
#[derive(Debug)]
pub struct Probe<M: 'static, E>(&'static M, PhantomData<E>);

impl<M, E> Probe<M, E> {
    /// A probe of this middleware.
    pub fn new(middleware: &'static M) -> Self {
        Probe(middleware, PhantomData)
    }
}

/// Implemented for a probe whose middleware takes the event.
pub trait FitsEvent {
    /// Adds these kinds.
    fn fit(&self, fit: &mut Fit, kinds: KindSet);
}

/// Implemented for a reference to any probe, so that it is the fallback.
pub trait FitsNot {
    /// Adds nothing.
    fn fit(&self, _fit: &mut Fit, _kinds: KindSet) {}
}

impl<M: Middleware<E>, E: Taken> FitsEvent for Probe<M, E> {
    fn fit(&self, fit: &mut Fit, kinds: KindSet) {
        let middleware = self.0;
        fit.offers.push(Box::new(move |wanted: &mut Wanted| E::offer(middleware, wanted)));
        fit.info = MiddlewareMetadata::of::<E, M>(self.0);
        fit.kinds = fit.kinds.and(kinds);
    }
}

impl<M, E> FitsNot for &Probe<M, E> {}

/// Adds a middleware to a blueprint, for every kind of `all` that it implements.
// Not public API. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __blueprint_middleware {
    ($blueprint:ident, $middleware:expr) => {{
        #[allow(unused_imports)]
        use $crate::__private::{FitsEvent as _, FitsNot as _};
        let middleware: &'static _ = ::std::boxed::Box::leak(::std::boxed::Box::new($middleware));
        let mut fit = $crate::__private::Fit::none(middleware);
        $crate::__blueprint_middleware!(@ middleware, fit, AnyEvent: $crate::KindSet::ALL);
        $crate::__event_kinds!($crate::__blueprint_middleware, [middleware fit]);
        $blueprint.middleware(fit);
    }};
    ([$middleware:ident $fit:ident]
        all { $($event:ident { $($kind:ident = $word:literal in $file:ident [$($bound:ident)*] [$($also:ident)*] $doc:literal;)* })* }
        $($apart:tt)*
    ) => {
        $($crate::__blueprint_middleware!(
            @ $middleware, $fit, $event: $crate::KindSet::NONE$(.and($crate::KindSet::of($crate::Kind::$kind)))*
        );)*
    };
    (@ $middleware:ident, $fit:ident, $event:ident: $kinds:expr) => {
        (&$crate::__private::Probe::<_, $crate::__private::$event>::new($middleware)).fit(&mut $fit, $kinds);
    };
}
