//! Exclusion: decides at launch which middleware a handler's chain leaves out.

use std::borrow::Cow;
use std::rc::Rc;

use super::layout::{Layout, Scope, ScopedMiddleware};
use super::name::names;
use crate::registry::{Binding, HandlerSpec, MiddlewareSpec};

/// The reason why a middleware does not run around a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOut<'a> {
    /// Its `exclude` has this word.
    Excluded(&'a str),
    /// The handler's `skip` has its name.
    Skipped,
}

/// The middleware that runs around a handler, for one method of a route.
pub(super) fn select<'s, 'a>(
    around: &'s [ScopedMiddleware<'a>],
    handler: &HandlerSpec,
    method: Option<&str>,
) -> Cow<'s, [ScopedMiddleware<'a>]> {
    let runs =
        |surrounding: &&ScopedMiddleware<'_>| left_out(surrounding.middleware, handler, method).is_none();
    if around.iter().all(|surrounding| runs(&surrounding)) {
        Cow::Borrowed(around)
    } else {
        around.iter().filter(runs).copied().collect()
    }
}

/// The reason why a middleware does not run around a handler, for one method of a route. `None` if it runs.
pub(super) fn left_out<'a>(
    middleware: &'a MiddlewareSpec,
    handler: &HandlerSpec,
    method: Option<&str>,
) -> Option<LeftOut<'a>> {
    if handler.skip.contains(&middleware.name.as_str()) {
        return Some(LeftOut::Skipped);
    }
    let word = middleware.exclude.iter().find(|word| names(word, handler, method));
    word.map(|word| LeftOut::Excluded(word))
}

/// The methods of a route, each of which has its own chain. A single `None` for other handlers.
pub(super) fn methods(handler: &HandlerSpec) -> Vec<Option<&'static str>> {
    match &handler.binding {
        Binding::Route { methods, .. } => methods.iter().map(|method| Some(*method)).collect(),
        _ => vec![None],
    }
}

fn excludes(middleware: &MiddlewareSpec, handler: &HandlerSpec) -> bool {
    let excluded = |method| middleware.exclude.iter().any(|word| names(word, handler, method));
    methods(handler).into_iter().all(excluded)
}

/// Warnings about useless exclusions: words that name no handler, exclusions that leave no handler, skips of absent
/// middleware.
pub(super) fn warnings(arounds: &[(&HandlerSpec, Rc<[ScopedMiddleware<'_>]>)]) -> Vec<String> {
    let skipping = arounds.iter().filter(|(handler, _)| !handler.skip.is_empty());
    let mut warnings: Vec<String> =
        skipping.flat_map(|(handler, around)| idle_skips(handler, around)).collect();
    let mut seen: Vec<*const MiddlewareSpec> = Vec::new();
    // Neighbours share their list.
    let groups = arounds.chunk_by(|(_, one), (_, other)| Rc::ptr_eq(one, other)).filter_map(<[_]>::first);
    for middleware in groups.flat_map(|(_, around)| around.iter()).map(|surrounding| surrounding.middleware) {
        if !middleware.exclude.is_empty() && !seen.contains(&std::ptr::from_ref(middleware)) {
            seen.push(middleware);
            warnings.extend(idle_exclusions(middleware, arounds));
        }
    }
    warnings
}

fn idle_skips(handler: &HandlerSpec, around: &[ScopedMiddleware<'_>]) -> Vec<String> {
    let there = |name: &&&str| !around.iter().any(|surrounding| surrounding.middleware.name == ***name);
    let idle = handler.skip.iter().filter(there);
    idle.map(|name| format!("`{}` ({}) skips `{name}`, which is not around it", handler.name, handler.site))
        .collect()
}

fn idle_exclusions(
    middleware: &MiddlewareSpec,
    arounds: &[(&HandlerSpec, Rc<[ScopedMiddleware<'_>]>)],
) -> Vec<String> {
    let surrounded: Vec<&HandlerSpec> = arounds
        .iter()
        .filter(|(_, around)| {
            around.iter().any(|surrounding| std::ptr::eq(surrounding.middleware, middleware))
        })
        .map(|(handler, _)| *handler)
        .collect();
    let idle =
        middleware.exclude.iter().filter(|word| !surrounded.iter().any(|handler| names(word, handler, None)));
    let mut warnings: Vec<String> = idle
        .map(|word| {
            format!(
                "`{}` ({}) excludes `{word}`, which names no handler around which it runs",
                middleware.name,
                middleware.site()
            )
        })
        .collect();
    if surrounded.iter().all(|handler| excludes(middleware, handler)) {
        warnings.push(format!(
            "`{}` ({}) excludes every handler around which it would run",
            middleware.name,
            middleware.site()
        ));
    }
    warnings
}

/// Warnings about middleware of the app's own package whose scope has no handler of its kinds. Other packages are not
/// checked: a library may support kinds that this app does not use.
pub(super) fn unused(
    layout: Layout<'_>,
    arounds: &[(&HandlerSpec, Rc<[ScopedMiddleware<'_>]>)],
    package: &str,
) -> Vec<String> {
    let around_some = |middleware: &MiddlewareSpec| {
        arounds
            .iter()
            .flat_map(|(_, around)| around.iter())
            .any(|surrounding| std::ptr::eq(surrounding.middleware, middleware))
    };
    let own = layout.middleware.iter().filter(|middleware| middleware.site().package == package);
    own.filter(|middleware| !around_some(middleware))
        .map(|middleware| unused_remark(middleware, layout.scope_of(middleware)))
        .collect()
}

fn unused_remark(middleware: &MiddlewareSpec, scope: Scope<'_>) -> String {
    let kinds: Vec<String> = middleware.kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let of_kind = if kinds.len() == 1 { "of that kind" } else { "of these kinds" };
    let place = match scope {
        Scope::Blueprint(module) => format!("in the blueprint `{module}`"),
        _ => "there".to_owned(),
    };
    let (name, site, kinds) = (&middleware.name, middleware.site(), kinds.join(", "));
    format!("`{name}` ({site}) is for {kinds}, and no handler {of_kind} is {place}")
}
