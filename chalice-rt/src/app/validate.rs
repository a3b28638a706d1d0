//! Checks the registered items for launch errors.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use super::layout::{Layout, sort_few};
use super::report::LaunchReport;
use crate::describe::{Describe, Need};
use crate::kind::{Kind, KindSet};
use crate::registry::{Assembly, BlueprintSpec, HandlerSpec, Site, SiteKey};
use crate::route::Options;
use crate::state::Managed;

/// A file that is a module of both the library and the binary is compiled and registered twice. The second copies are
/// removed, so that there is one error per file and not one per broken rule.
pub(super) fn compiled_twice(assembly: &mut Assembly, report: &mut LaunchReport) {
    let mut files: Vec<Site> = Vec::new();
    let mut note = |site: &Site| {
        if !files.iter().any(|noted| noted.file == site.file) {
            files.push(*site);
        }
    };
    let handlers = &mut assembly.handlers;
    let again = repeated(handlers, |handler| &handler.site, |handler| handler.binding.describe());
    remove(handlers, &again, |handler| note(&handler.site));
    let again = repeated(
        &assembly.middleware,
        |middleware| middleware.site(),
        |middleware| middleware.kinds.to_string(),
    );
    remove(&mut assembly.middleware, &again, |middleware| note(middleware.site()));
    sort_few(&mut files, |site| site.file);
    for site in files {
        let krate = site.package.replace('-', "_");
        report.add(format!(
            "`{}` ({site}) is compiled twice: {} is a module of the library and of the binary\n\
             keep `mod` in lib.rs, and in main.rs write `use {krate} as _;` instead",
            site.name, site.file
        ));
    }
}

/// The repeated items: same place, same module, same text. A macro may write different items from one place, so the
/// place alone is not enough. The text is made only for items that share a place.
fn repeated<T>(items: &[T], site: impl Fn(&T) -> &Site, words: impl Fn(&T) -> String) -> Vec<usize> {
    let ordered = |pair: &[T]| site(&pair[0]).order(site(&pair[1])) == Ordering::Less;
    if items.windows(2).all(ordered) {
        return Vec::new();
    }
    let mut order: Vec<(SiteKey, usize)> = items.iter().map(|item| site(item).key()).zip(0..).collect();
    order.sort_unstable();
    let mut repeated = Vec::new();
    for place in order.chunk_by(|(one, _), (other, _)| one.same_place(other)).filter(|place| place.len() > 1)
    {
        let mut seen = HashSet::new();
        let again = |at: &usize| !seen.insert((site(&items[*at]).path(), words(&items[*at])));
        repeated.extend(place.iter().map(|(_, at)| *at).filter(again));
    }
    repeated
}

/// Takes items out of a list, and shows each.
fn remove<T>(items: &mut Vec<T>, places: &[usize], mut show: impl FnMut(&T)) {
    let mut at = 0..;
    items.retain(|item| {
        let stays = at.next().is_none_or(|at| !places.contains(&at));
        if !stays {
            show(item);
        }
        stays
    });
}

/// Names are unique, except for routes and WebSocket handlers.
pub(super) fn names(handlers: &[HandlerSpec], report: &mut LaunchReport) {
    let exempt = |handler: &HandlerSpec| matches!(handler.kind, Kind::Http | Kind::Websocket);
    let unique: HashSet<&str> =
        handlers.iter().filter(|handler| !exempt(handler)).map(|handler| handler.name).collect();
    if unique.is_empty() {
        return;
    }
    let groups = grouped(handlers, |handler| unique.contains(handler.name).then_some(handler.name));
    for (name, same) in groups.into_iter().filter(|(_, same)| same.len() > 1) {
        let places = places(&same);
        report.add(format!("two handlers are named `{name}`: {places}\nadd `name = \"..\"` to one of them"));
    }
}

/// Bindings are well-formed, and those that allow only one handler have one.
pub(super) fn bindings(handlers: &[HandlerSpec], report: &mut LaunchReport) {
    for handler in handlers {
        if let Some(fault) = handler.event().and_then(|(binding, _)| binding.fault()) {
            report.add(format!("`{}` ({}): {fault}", handler.name, handler.site));
        }
    }
    let sole = |handler: &'_ HandlerSpec| handler.event()?.0.sole();
    for (what, same) in grouped(handlers, sole).into_iter().filter(|(_, same)| same.len() > 1) {
        report.add(format!("two handlers take {what}: {}\nan app has one", places(&same)));
    }
}

/// Every value that a handler needs, or a middleware that may run around one, is managed.
pub(super) fn needs(
    layout: Layout<'_>,
    handlers: &[HandlerSpec],
    managed: &Managed,
    report: &mut LaunchReport,
) {
    for handler in handlers {
        states(handler.name, &handler.site, &handler.description, managed, report);
    }
    let kinds = handlers.iter().fold(KindSet::NONE, |kinds, handler| kinds.and(KindSet::of(handler.kind)));
    for middleware in layout.listed(handlers).filter(|middleware| middleware.kinds.overlaps(kinds)) {
        states(&middleware.name, middleware.site(), &middleware.description, managed, report);
    }
}

fn states(name: &str, site: &Site, description: &Describe, managed: &Managed, report: &mut LaunchReport) {
    for need in description.states.iter().filter(|need| !managed.contains_key(&need.type_id)) {
        let (type_name, place) = (need.type_name, place(need, site));
        report.add(if managed.contains_key(&need.in_arc) {
            format!(
                "`{name}` ({place}) takes `State<{type_name}>`, and what is managed is an `Arc<{type_name}>`\n\
                 give `.manage(value)` the value without the `Arc`: `State` shares it anyway"
            )
        } else {
            format!(
                "`{name}` ({place}) takes `State<{type_name}>`, and nothing manages a `{type_name}`\n\
                 add `.manage(value)` to the app"
            )
        });
    }
}

/// The place that needs a value: the argument, else the item.
pub(super) fn place(need: &Need, site: &Site) -> String {
    need.place.map_or_else(|| site.to_string(), |(file, line)| format!("{file}:{line}"))
}

/// Every middleware of a blueprint's list fits a handler in it.
pub(super) fn blueprints(blueprints: &[BlueprintSpec], handlers: &[HandlerSpec], report: &mut LaunchReport) {
    for blueprint in blueprints {
        let inside = handlers.iter().filter(|handler| handler.site.within(blueprint.module));
        let inside = inside.fold(KindSet::NONE, |kinds, handler| kinds.and(KindSet::of(handler.kind)));
        for middleware in &blueprint.middleware {
            let (name, site, owner) = (&middleware.name, middleware.site(), blueprint.path());
            if middleware.kinds == KindSet::NONE {
                report.add(format!(
                    "`{name}` in the list of the blueprint `{owner}` ({site}) is no middleware for any kind of event"
                ));
            } else if inside != KindSet::NONE && !middleware.kinds.overlaps(inside) {
                report.add(format!(
                    "`{name}` in the list of the blueprint `{owner}` ({site}) is for {}, and the handlers in it are of {inside}",
                    middleware.kinds
                ));
            }
        }
    }
}

/// Options have no mistakes, and a blueprint with options has routes.
pub(super) fn options(assembly: &Assembly, of_app: &Options, report: &mut LaunchReport) {
    let blueprints = &assembly.blueprints;
    let options = assembly.handlers.iter().map(|handler| &handler.options).chain([of_app]);
    let options = options.chain(assembly.controllers.iter().map(|controller| &controller.options));
    let options = options.chain(blueprints.iter().map(|blueprint| &blueprint.options));
    options.flat_map(Options::mistakes).for_each(|mistake| report.add(mistake));
    for blueprint in blueprints {
        let is_inside =
            |handler: &HandlerSpec| handler.kind == Kind::Http && handler.site.within(blueprint.module);
        if let Some(option) = blueprint.options.as_slice().first()
            && !assembly.handlers.iter().any(is_inside)
        {
            let (name, owner, site) = (option.name(), blueprint.path(), blueprint.site);
            report.add(format!(
                "`{name}` of the blueprint `{owner}` ({site}) is for routes, and there are none in it"
            ));
        }
    }
}

pub(super) fn managed_twice(types: &[&'static str], report: &mut LaunchReport) {
    for name in types {
        report.add(format!("two values of type `{name}` are managed; wrap one of them in a type of its own"));
    }
}

fn grouped<'a, K: Ord>(
    handlers: &'a [HandlerSpec],
    key: impl Fn(&'a HandlerSpec) -> Option<K>,
) -> BTreeMap<K, Vec<&'a HandlerSpec>> {
    let mut groups: BTreeMap<K, Vec<&HandlerSpec>> = BTreeMap::new();
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
