//! The scopes of an app: the blueprints and the controller around a handler, with their middleware, options and
//! exception handlers.

use std::fmt;

use crate::kind::Kind;
use crate::registry::{
    Assembly, Binding, BlueprintSpec, ControllerSpec, ExceptionScope, ExceptionSpec, HandlerSpec,
    MiddlewareOrigin, MiddlewareSpec, Site,
};
use crate::route::{Options, RouteOption};

/// A middleware around a handler, with its scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScopedMiddleware<'a> {
    pub(super) middleware: &'a MiddlewareSpec,
    /// Only listings read it.
    #[cfg_attr(not(any(feature = "local", feature = "testing")), expect(dead_code))]
    pub(super) scope: Scope<'a>,
}

/// A scope around a handler.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope<'a> {
    App,
    /// The blueprint of this module.
    Blueprint(&'a str),
    Controller,
    Handler,
}

impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::App => f.write_str("app"),
            Scope::Blueprint(module) => write!(f, "blueprint {module}"),
            Scope::Controller => f.write_str("controller"),
            Scope::Handler => f.write_str("handler"),
        }
    }
}

/// Everything around handlers: the app's sorted middleware, the blueprints, the controllers, the exception handlers.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    pub(super) middleware: &'a [MiddlewareSpec],
    pub(super) blueprints: &'a [BlueprintSpec],
    pub(super) controllers: &'a [ControllerSpec],
    /// The options of the app.
    pub(super) options: &'a [&'static dyn RouteOption],
    pub(super) exceptions: &'static [ExceptionSpec],
}

impl<'a> Layout<'a> {
    /// Whether both have the same middleware around them, as most neighbours do.
    pub(super) fn alike(self, one: &HandlerSpec, other: &HandlerSpec) -> bool {
        let same_place = one.kind == other.kind && one.controller == other.controller;
        let own = one.middleware.is_empty() && other.middleware.is_empty();
        same_place && own && (self.blueprints.is_empty() || one.site.module == other.site.module)
    }

    /// The middleware around a handler, outermost first, before `exclude` and `skip`.
    pub(super) fn around(self, handler: &'a HandlerSpec) -> Vec<ScopedMiddleware<'a>> {
        let mut all = Vec::with_capacity(self.middleware.len() + handler.middleware.len());
        all.extend(self.own(handler.kind));
        for blueprint in self.enclosing(&handler.site) {
            all.extend(self.of_blueprint(blueprint, handler.kind));
        }
        let controller =
            handler.controller.map_or(&[] as &[MiddlewareSpec], |index| &self.controllers[index].middleware);
        all.extend(
            controller.iter().map(|middleware| ScopedMiddleware { middleware, scope: Scope::Controller }),
        );
        all.extend(
            handler
                .middleware
                .iter()
                .map(|middleware| ScopedMiddleware { middleware, scope: Scope::Handler }),
        );
        all
    }

    /// Every middleware of the app, in no order: registered ones, and those of every list.
    pub(super) fn listed(self, handlers: &'a [HandlerSpec]) -> impl Iterator<Item = &'a MiddlewareSpec> {
        let blueprints = self.blueprints.iter().flat_map(|blueprint| &blueprint.middleware);
        let controllers = self.controllers.iter().flat_map(|controller| &controller.middleware);
        let own = handlers.iter().flat_map(|handler| &handler.middleware);
        self.middleware.iter().chain(blueprints).chain(controllers).chain(own)
    }

    /// The app's own middleware for a kind, outermost first.
    pub(super) fn of_app(self, kind: Kind) -> Vec<ScopedMiddleware<'a>> {
        self.own(kind).collect()
    }

    fn own(self, kind: Kind) -> impl Iterator<Item = ScopedMiddleware<'a>> {
        let own = self.middleware.iter().filter(move |middleware| middleware.kinds.contains(kind));
        own.filter(move |middleware| self.blueprint_of(middleware).is_none())
            .map(|middleware| ScopedMiddleware { middleware, scope: Scope::App })
    }

    /// A blueprint's list, and the attributes inside it.
    fn of_blueprint(self, blueprint: &'a BlueprintSpec, kind: Kind) -> Vec<ScopedMiddleware<'a>> {
        let inside = self.middleware.iter().filter(|middleware| {
            self.blueprint_of(middleware).is_some_and(|innermost| std::ptr::eq(innermost, blueprint))
        });
        let all = blueprint.middleware.iter().chain(inside);
        sorted(
            all.filter(|middleware| middleware.kinds.contains(kind)).collect(),
            Scope::Blueprint(blueprint.path()),
        )
    }

    /// The scope of a registered middleware.
    pub(super) fn scope_of(self, middleware: &MiddlewareSpec) -> Scope<'a> {
        self.blueprint_of(middleware).map_or(Scope::App, |blueprint| Scope::Blueprint(blueprint.path()))
    }

    /// Whether two registered middlewares are in the same scope, so that only their order decides which is outside.
    pub(super) fn same_scope(self, one: &MiddlewareSpec, other: &MiddlewareSpec) -> bool {
        let module = |middleware| self.blueprint_of(middleware).map(|blueprint| blueprint.module);
        module(one) == module(other)
    }

    /// The innermost blueprint that a registered middleware belongs to.
    fn blueprint_of(self, middleware: &MiddlewareSpec) -> Option<&'a BlueprintSpec> {
        match &middleware.origin {
            MiddlewareOrigin::Attribute { site, .. } if !middleware.scope_app => self.innermost(site),
            _ => None,
        }
    }

    /// The blueprints whose modules enclose a site, outermost first.
    pub(super) fn enclosing(self, site: &Site) -> Vec<&'a BlueprintSpec> {
        let mut enclosing: Vec<_> =
            self.blueprints.iter().filter(|blueprint| site.within(blueprint.module)).collect();
        sort_few(&mut enclosing, |blueprint| blueprint.module.len());
        enclosing
    }

    /// The innermost blueprint whose module encloses a site.
    fn innermost(self, site: &Site) -> Option<&'a BlueprintSpec> {
        let enclosing = self.blueprints.iter().filter(|blueprint| site.within(blueprint.module));
        enclosing.max_by_key(|blueprint| blueprint.module.len())
    }

    /// The options of a route: the innermost of each name.
    pub(super) fn options_of(self, handler: &HandlerSpec) -> Options {
        let mut options = handler.options.clone();
        if let Some(index) = handler.controller {
            options.inherit(self.controllers[index].options.as_slice());
        }
        for blueprint in self.enclosing(&handler.site).into_iter().rev() {
            options.inherit(blueprint.options.as_slice());
        }
        options.inherit(self.options);
        options.inherit(&[handler.default_option()]);
        options
    }

    /// The exception handlers for a handler, by scope, the nearest first.
    pub(super) fn exceptions(self, handler: &HandlerSpec) -> Vec<Vec<&'static ExceptionSpec>> {
        if self.exceptions.is_empty() {
            return Vec::new();
        }
        let of_controller = |spec: &&ExceptionSpec| matches!(spec.scope, ExceptionScope::Controller(index) if Some(index) == handler.controller);
        let mut middleware = vec![self.exceptions.iter().filter(of_controller).collect()];
        for blueprint in self.enclosing(&handler.site).into_iter().rev() {
            middleware.push(self.exceptions_of(Some(blueprint)));
        }
        middleware.push(self.exceptions_of(None));
        middleware.retain(|middleware: &Vec<_>| !middleware.is_empty());
        middleware
    }

    /// The app's own exception handlers.
    pub(super) fn exceptions_of_app(self) -> Vec<Vec<&'static ExceptionSpec>> {
        let own = self.exceptions_of(None);
        if own.is_empty() { Vec::new() } else { vec![own] }
    }

    fn exceptions_of(self, blueprint: Option<&BlueprintSpec>) -> Vec<&'static ExceptionSpec> {
        let module = blueprint.map(|blueprint| blueprint.module);
        let belongs = |spec: &&ExceptionSpec| {
            let innermost = self.innermost(&spec.site).map(|blueprint| blueprint.module);
            spec.scope == ExceptionScope::Module && innermost == module
        };
        self.exceptions.iter().filter(belongs).collect()
    }
}

fn sorted<'a>(mut middleware: Vec<&'a MiddlewareSpec>, scope: Scope<'a>) -> Vec<ScopedMiddleware<'a>> {
    sort_few(&mut middleware, |middleware| middleware.place());
    middleware.into_iter().map(|middleware| ScopedMiddleware { middleware, scope }).collect()
}

/// A stable insertion sort for short lists. std's sort adds kilobytes of code per type.
pub(super) fn sort_few<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at - 1]) > key(&list[at]) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Adds the prefixes of blueprints and controllers to the paths and names of their handlers.
pub(super) fn prefix(assembly: &mut Assembly) {
    let mut handlers = std::mem::take(&mut assembly.handlers);
    let layout = Layout {
        middleware: &[],
        blueprints: &assembly.blueprints,
        controllers: &[],
        options: &[],
        exceptions: &[],
    };
    for handler in &mut handlers {
        let blueprints = layout.enclosing(&handler.site);
        if blueprints.iter().any(|blueprint| !blueprint.name_prefix.is_empty()) {
            let names = blueprints.iter().map(|blueprint| blueprint.name_prefix).chain([handler.name]);
            handler.name = names.collect::<String>().leak();
        }
        if let Binding::Route { path, .. } = &mut handler.binding {
            let controller = handler.controller.map(|index| assembly.controllers[index].url_prefix);
            if blueprints.is_empty() && controller.is_none() && *path == path.trim_end_matches('/') {
                continue;
            }
            let prefixes = blueprints.iter().map(|blueprint| blueprint.url_prefix).chain(controller);
            *path = joined(prefixes, path).leak();
        }
    }
    assembly.handlers = handlers;
}

/// Joins paths with one slash between and none at the end: `/users` and `/` give `/users`.
fn joined<'a>(prefixes: impl Iterator<Item = &'a str>, path: &'a str) -> String {
    let parts = prefixes.chain([path]).map(|part| part.trim_matches('/')).filter(|part| !part.is_empty());
    let whole: Vec<&str> = parts.collect();
    format!("/{}", whole.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn prefixes_are_joined_with_one_slash_and_none_at_the_end() {
        assert_eq!(joined(["/users"].into_iter(), "/"), "/users");
        assert_eq!(joined(["/a", "/b"].into_iter(), "/{id}"), "/a/b/{id}");
        assert_eq!(joined([].into_iter(), "/"), "/");
    }
}
