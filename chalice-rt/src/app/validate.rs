//! What keeps an app from starting, as far as the lists of handlers and values tell.

use std::collections::{BTreeMap, HashSet};

use super::report::LaunchReport;
use crate::extract::Need;
use crate::kind::{Kind, KindSet};
use crate::registry::{Assembly, Binding, BlueprintSpec, HandlerSpec, Site};
use crate::state::Managed;

/// A file that is a module of the library and of the binary is compiled, and registered, twice. What is there for the
/// second time is taken out, so that it is one error for each file and not one for each rule that it breaks.
pub(super) fn compiled_twice(assembly: &mut Assembly, report: &mut LaunchReport) {
    let mut seen = HashSet::new();
    let mut files: BTreeMap<&str, Site> = BTreeMap::new();
    let mut first = |site: Site, what: String| {
        let first = seen.insert((site.file, site.line, site.column, what));
        if !first {
            files.entry(site.file).or_insert(site);
        }
        first
    };
    assembly.handlers.retain(|handler| first(handler.site, handler.binding.describe()));
    assembly.layers.retain(|layer| first(*layer.site(), layer.kinds.to_string()));
    for (file, site) in files {
        let krate = site.package.replace('-', "_");
        report.add(format!(
            "`{}` ({site}) is compiled twice: {file} is a module of the library and of the binary\n\
             keep `mod` in lib.rs, and in main.rs write `use {krate} as _;` instead",
            site.name
        ));
    }
}

/// Handlers have one name each; only routes and WebSocket handlers may share one.
pub(super) fn names(handlers: &[HandlerSpec], report: &mut LaunchReport) {
    for (name, same) in grouped(handlers, |handler| Some(handler.name.as_str())) {
        let exempt = |handler: &&HandlerSpec| matches!(handler.kind, Kind::Http | Kind::Websocket);
        if same.len() > 1 && !same.iter().all(exempt) {
            let places = places(&same);
            report.add(format!(
                "two handlers are named `{name}`: {places}\nadd `name = \"..\"` to one of them"
            ));
        }
    }
}

/// There is one handler for each route of the WebSocket.
pub(super) fn websockets(handlers: &[HandlerSpec], report: &mut LaunchReport) {
    let route = |handler: &'_ HandlerSpec| match handler.binding {
        Binding::WebsocketRoute(route) => Some(route),
        _ => None,
    };
    for (route, same) in grouped(handlers, route).into_iter().filter(|(_, same)| same.len() > 1) {
        report.add(format!("two handlers take the WebSocket's `{route}`: {}\nan app has one", places(&same)));
    }
}

/// Every value that a handler needs is managed.
pub(super) fn needs(handlers: &[HandlerSpec], managed: &Managed, report: &mut LaunchReport) {
    for handler in handlers {
        for need in handler.needs.iter().filter_map(|need| need()) {
            if let Need::State { type_id, type_name } = need
                && !managed.contains_key(&type_id)
            {
                let (name, site) = (&handler.name, &handler.site);
                report.add(format!(
                    "`{name}` ({site}) takes `State<{type_name}>`, and nothing manages a `{type_name}`\n\
                     add `.manage(value)` to the app"
                ));
            }
        }
    }
}

/// Every entry of a blueprint's list fits some kind.
pub(super) fn blueprints(blueprints: &[BlueprintSpec], report: &mut LaunchReport) {
    for blueprint in blueprints {
        for layer in blueprint.layers.iter().filter(|layer| layer.kinds == KindSet::NONE) {
            let (name, site, owner) = (&layer.name, layer.site(), blueprint.module);
            report.add(format!("`{name}` in the list of the blueprint `{owner}` ({site}) is no middleware for any kind of event"));
        }
    }
}

pub(super) fn managed_twice(types: &[&'static str], report: &mut LaunchReport) {
    for name in types {
        report.add(format!("two values of type `{name}` are managed; wrap one of them in a type of its own"));
    }
}

fn grouped<'a>(
    handlers: &'a [HandlerSpec],
    key: impl Fn(&'a HandlerSpec) -> Option<&'a str>,
) -> BTreeMap<&'a str, Vec<&'a HandlerSpec>> {
    let mut groups: BTreeMap<&str, Vec<&HandlerSpec>> = BTreeMap::new();
    for handler in handlers {
        if let Some(key) = key(handler) {
            groups.entry(key).or_default().push(handler);
        }
    }
    groups
}

pub(super) fn places(handlers: &[&HandlerSpec]) -> String {
    let places: Vec<String> =
        handlers.iter().map(|handler| format!("`{}` ({})", handler.site.path(), handler.site)).collect();
    places.join(", ")
}
