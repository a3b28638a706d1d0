//! The descriptions of handlers for listings.

use serde_json::{Map, Value};

use super::layout::{Layout, ScopedMiddleware};
use super::select::{LeftOut, left_out, methods};
#[cfg(feature = "local")]
use crate::describe::Describe;
use crate::kind::{Kind, KindSet};
use crate::registry::{Binding, HandlerSpec, Site};
use crate::route::RouteOption;

/// A handler, as listings show it.
#[derive(Debug, Clone)]
pub(crate) struct HandlerInfo {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) site: Site,
    /// The template and the methods of a route.
    pub(crate) route: Option<(String, Vec<&'static str>)>,
    /// The binding as text.
    pub(crate) source: String,
    /// The binding and the arguments for deployment tools, as data.
    pub(crate) settings: Map<String, Value>,
    /// The descriptions of its arguments and its answer.
    #[cfg(feature = "local")]
    pub(crate) description: &'static Describe,
    /// One chain, or several if the methods of a route have different chains.
    pub(crate) chains: Vec<ChainInfo>,
}

/// The middleware around a handler, as listings show it.
#[derive(Debug, Clone)]
pub(crate) struct ChainInfo {
    /// The methods of the route that have this chain. Empty for other handlers.
    pub(crate) methods: Vec<&'static str>,
    /// The middleware, outermost first, including the excluded one.
    pub(crate) around: Vec<MiddlewareInfo>,
}

/// A middleware around a handler, as listings show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MiddlewareInfo {
    pub(crate) name: String,
    pub(crate) kinds: KindSet,
    /// The reason why it does not run, if so.
    pub(crate) left_out: Option<LeftOut<'static>>,
    /// `app`, `blueprint <module>`, `controller` or `handler`.
    pub(crate) scope: String,
    pub(crate) order: i32,
    pub(crate) site: Site,
}

impl HandlerInfo {
    /// Describes a handler with its chains.
    pub(super) fn of(handler: &'static HandlerSpec, layout: Layout<'static>) -> Self {
        let mut settings = handler.binding.settings();
        if let Binding::Route { .. } = handler.binding {
            let options = layout.options_of(handler);
            let setting = |option: &&dyn RouteOption| (option.name().to_owned(), option.setting());
            settings.extend(options.as_slice().iter().map(setting));
        }
        settings.extend(handler.settings.clone());
        HandlerInfo {
            name: handler.name.to_owned(),
            kind: handler.kind,
            site: handler.site,
            route: match &handler.binding {
                Binding::Route { path, methods } => Some(((*path).to_owned(), methods.to_vec())),
                _ => None,
            },
            source: handler.binding.describe(),
            settings,
            #[cfg(feature = "local")]
            description: &handler.description,
            chains: ChainInfo::of(handler, &layout.around(handler)),
        }
    }

    /// The chain for a name of this handler.
    ///
    /// # Errors
    /// The methods of the route have different chains, and the name has no method. The text lists them.
    pub(crate) fn chain(&self, word: &str) -> Result<&ChainInfo, String> {
        let named = word.split_once(' ').map(|(method, _)| method);
        let mut chains = self.chains.iter();
        let found = match (self.chains.as_slice(), named) {
            ([only], _) => Some(only),
            (_, Some(method)) => chains.find(|chain| chain.methods.contains(&method)),
            _ => None,
        };
        found.ok_or_else(|| {
            let routes: Vec<String> =
                self.chains.iter().map(|chain| format!("`{}`", self.route(chain))).collect();
            format!("the methods of `{word}` have different chains: {}; say which", routes.join(", "))
        })
    }

    /// The names of the middleware that runs around the handler, for at least one of its methods.
    pub(crate) fn middleware(&self) -> Vec<&str> {
        let all = self.chains.iter().max_by_key(|chain| chain.running().count());
        all.map(|chain| chain.running().map(|one| one.name.as_str()).collect()).unwrap_or_default()
    }

    /// The route with the methods of this chain: `GET /users`.
    pub(crate) fn route(&self, chain: &ChainInfo) -> String {
        match &self.route {
            Some((path, _)) => format!("{} {path}", chain.methods.join(", ")),
            None => self.source.clone(),
        }
    }
}

impl ChainInfo {
    /// The middleware that runs, outermost first.
    pub(crate) fn running(&self) -> impl Iterator<Item = &MiddlewareInfo> {
        self.around.iter().filter(|one| one.left_out.is_none())
    }

    fn of(handler: &HandlerSpec, around: &[ScopedMiddleware<'static>]) -> Vec<Self> {
        let mut chains: Vec<ChainInfo> = Vec::new();
        for method in methods(handler) {
            let around: Vec<_> = around.iter().map(|one| MiddlewareInfo::of(one, handler, method)).collect();
            match chains.iter_mut().find(|chain| chain.around == around) {
                Some(chain) => chain.methods.extend(method),
                None => chains.push(ChainInfo { methods: method.into_iter().collect(), around }),
            }
        }
        chains
    }
}

impl MiddlewareInfo {
    fn of(surrounding: &ScopedMiddleware<'static>, handler: &HandlerSpec, method: Option<&str>) -> Self {
        let middleware = surrounding.middleware;
        MiddlewareInfo {
            name: middleware.name.clone(),
            kinds: middleware.kinds,
            left_out: left_out(middleware, handler, method),
            scope: surrounding.scope.to_string(),
            order: middleware.order,
            site: *middleware.site(),
        }
    }
}
