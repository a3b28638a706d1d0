//! The layers of an app: which blueprints, which controller a handler stands in, and what they give it.

use std::fmt;

use crate::kind::Kind;
use crate::registry::{
    Assembly, Binding, BlueprintSpec, ControllerSpec, ExceptionScope, ExceptionSpec, HandlerSpec,
    LayerOrigin, LayerSpec, Site,
};
use crate::route::{Options, RouteOption};

/// A middleware around a handler, and the layer that it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surrounding<'a> {
    pub(super) layer: &'a LayerSpec,
    /// Read by listings only.
    #[cfg_attr(not(any(feature = "local", feature = "testing")), expect(dead_code))]
    pub(super) level: Level<'a>,
}

/// Who surrounds a handler.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level<'a> {
    App,
    /// The blueprint of this module.
    Blueprint(&'a str),
    Controller,
    Handler,
}

impl fmt::Display for Level<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Level::App => f.write_str("app"),
            Level::Blueprint(module) => write!(f, "blueprint {module}"),
            Level::Controller => f.write_str("controller"),
            Level::Handler => f.write_str("handler"),
        }
    }
}

/// What surrounds handlers: the app's middleware, in the order of its places, blueprints, controllers, exception handlers.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    pub(super) layers: &'a [LayerSpec],
    pub(super) blueprints: &'a [BlueprintSpec],
    pub(super) controllers: &'a [ControllerSpec],
    /// Of the app.
    pub(super) options: &'a [&'static dyn RouteOption],
    pub(super) exceptions: &'static [ExceptionSpec],
}

impl<'a> Layout<'a> {
    /// Whether the same middleware is around both, as it is for most neighbours.
    pub(super) fn alike(self, one: &HandlerSpec, other: &HandlerSpec) -> bool {
        let same_place = one.kind == other.kind && one.controller == other.controller;
        let own = one.layers.is_empty() && other.layers.is_empty();
        same_place && own && (self.blueprints.is_empty() || one.site.module == other.site.module)
    }

    /// The middleware around a handler, outermost first, before `exclude` and `skip`.
    pub(super) fn around(self, handler: &'a HandlerSpec) -> Vec<Surrounding<'a>> {
        let mut all = Vec::with_capacity(self.layers.len() + handler.layers.len());
        all.extend(self.own(handler.kind));
        for blueprint in self.enclosing(&handler.site) {
            all.extend(self.of_blueprint(blueprint, handler.kind));
        }
        let controller =
            handler.controller.map_or(&[] as &[LayerSpec], |index| &self.controllers[index].layers);
        all.extend(controller.iter().map(|layer| Surrounding { layer, level: Level::Controller }));
        all.extend(handler.layers.iter().map(|layer| Surrounding { layer, level: Level::Handler }));
        all
    }

    /// The app's own middleware for a kind, outermost first.
    pub(super) fn of_app(self, kind: Kind) -> Vec<Surrounding<'a>> {
        self.own(kind).collect()
    }

    fn own(self, kind: Kind) -> impl Iterator<Item = Surrounding<'a>> {
        let own = self.layers.iter().filter(move |layer| layer.kinds.contains(kind));
        own.filter(move |layer| self.blueprint_of(layer).is_none())
            .map(|layer| Surrounding { layer, level: Level::App })
    }

    /// A blueprint's list, and the attributes inside it.
    fn of_blueprint(self, blueprint: &'a BlueprintSpec, kind: Kind) -> Vec<Surrounding<'a>> {
        let inside = self.layers.iter().filter(|layer| {
            self.blueprint_of(layer).is_some_and(|innermost| std::ptr::eq(innermost, blueprint))
        });
        let all = blueprint.layers.iter().chain(inside);
        sorted(all.filter(|layer| layer.kinds.contains(kind)).collect(), Level::Blueprint(blueprint.path()))
    }

    /// The layer that a registered middleware is in.
    pub(super) fn level_of(self, layer: &LayerSpec) -> Level<'a> {
        self.blueprint_of(layer).map_or(Level::App, |blueprint| Level::Blueprint(blueprint.path()))
    }

    /// Whether two registered middleware are in the same layer, so that only their order tells which is outside.
    pub(super) fn same_layer(self, one: &LayerSpec, other: &LayerSpec) -> bool {
        let module = |layer| self.blueprint_of(layer).map(|blueprint| blueprint.module);
        module(one) == module(other)
    }

    /// The innermost blueprint that a registered middleware belongs to.
    fn blueprint_of(self, layer: &LayerSpec) -> Option<&'a BlueprintSpec> {
        match &layer.origin {
            LayerOrigin::Attribute { site, .. } if !layer.scope_app => self.innermost(site),
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

    /// The options of a route, the nearest of each name.
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

    /// The exception handlers for a handler, by layer, the nearest first.
    pub(super) fn exceptions(self, handler: &HandlerSpec) -> Vec<Vec<&'static ExceptionSpec>> {
        if self.exceptions.is_empty() {
            return Vec::new();
        }
        let of_controller = |spec: &&ExceptionSpec| matches!(spec.scope, ExceptionScope::Controller(index) if Some(index) == handler.controller);
        let mut layers = vec![self.exceptions.iter().filter(of_controller).collect()];
        for blueprint in self.enclosing(&handler.site).into_iter().rev() {
            layers.push(self.exceptions_of(Some(blueprint)));
        }
        layers.push(self.exceptions_of(None));
        layers.retain(|layer: &Vec<_>| !layer.is_empty());
        layers
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

fn sorted<'a>(mut layers: Vec<&'a LayerSpec>, level: Level<'a>) -> Vec<Surrounding<'a>> {
    sort_few(&mut layers, |layer| layer.place());
    layers.into_iter().map(|layer| Surrounding { layer, level }).collect()
}

/// Sorts a short list, stably: the library's sorts, which are made for long ones, are thousands of bytes for each type.
pub(super) fn sort_few<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at - 1]) > key(&list[at]) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Puts the prefixes of blueprints and controllers before the paths and names of their handlers.
pub(super) fn prefix(assembly: &mut Assembly) {
    let mut handlers = std::mem::take(&mut assembly.handlers);
    let layout = Layout {
        layers: &[],
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

/// The parts with one slash between and none at the end: `/users` and `/` is `/users`.
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
