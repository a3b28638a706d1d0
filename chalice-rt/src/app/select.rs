//! Exclusion: which of the middleware around a handler is left out, decided at start.

use std::borrow::Cow;
use std::rc::Rc;

use super::layout::{Layout, Level, Surrounding};
use super::name::names;
use crate::registry::{Binding, HandlerSpec, LayerSpec};

/// Why a middleware does not run around a handler that it would run around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOut<'a> {
    /// Its `exclude` has this word.
    Excluded(&'a str),
    /// The handler's `skip` has its name.
    Skipped,
}

/// The middleware that runs around a handler; of a route, for one of its methods.
pub(super) fn select<'s, 'a>(
    around: &'s [Surrounding<'a>],
    handler: &HandlerSpec,
    method: Option<&str>,
) -> Cow<'s, [Surrounding<'a>]> {
    let runs = |surrounding: &&Surrounding<'_>| left_out(surrounding.layer, handler, method).is_none();
    if around.iter().all(|surrounding| runs(&surrounding)) {
        Cow::Borrowed(around)
    } else {
        around.iter().filter(runs).copied().collect()
    }
}

/// Why a middleware around a handler does not run, if it does not; of a route, for one of its methods.
pub(super) fn left_out<'a>(
    layer: &'a LayerSpec,
    handler: &HandlerSpec,
    method: Option<&str>,
) -> Option<LeftOut<'a>> {
    if handler.skip.contains(&layer.name.as_str()) {
        return Some(LeftOut::Skipped);
    }
    let word = layer.exclude.iter().find(|word| names(word, handler, method));
    word.map(|word| LeftOut::Excluded(word))
}

/// The methods of a route, each of which has a chain of its own; `None` for any other handler.
pub(super) fn methods(handler: &HandlerSpec) -> Vec<Option<&'static str>> {
    match &handler.binding {
        Binding::Route { methods, .. } => methods.iter().map(|method| Some(*method)).collect(),
        _ => vec![None],
    }
}

fn excludes(layer: &LayerSpec, handler: &HandlerSpec) -> bool {
    let excluded = |method| layer.exclude.iter().any(|word| names(word, handler, method));
    methods(handler).into_iter().all(excluded)
}

/// What is excluded in vain: words that name no handler, exclusions that leave nothing, skips of what is not there.
pub(super) fn warnings(arounds: &[(&HandlerSpec, Rc<[Surrounding<'_>]>)]) -> Vec<String> {
    let skipping = arounds.iter().filter(|(handler, _)| !handler.skip.is_empty());
    let mut warnings: Vec<String> =
        skipping.flat_map(|(handler, around)| idle_skips(handler, around)).collect();
    let mut seen: Vec<*const LayerSpec> = Vec::new();
    // Neighbours share what is around them.
    let groups = arounds.chunk_by(|(_, one), (_, other)| Rc::ptr_eq(one, other)).filter_map(<[_]>::first);
    for layer in groups.flat_map(|(_, around)| around.iter()).map(|surrounding| surrounding.layer) {
        if !layer.exclude.is_empty() && !seen.contains(&std::ptr::from_ref(layer)) {
            seen.push(layer);
            warnings.extend(idle_exclusions(layer, arounds));
        }
    }
    warnings
}

fn idle_skips(handler: &HandlerSpec, around: &[Surrounding<'_>]) -> Vec<String> {
    let there = |name: &&&str| !around.iter().any(|surrounding| surrounding.layer.name == ***name);
    let idle = handler.skip.iter().filter(there);
    idle.map(|name| format!("`{}` ({}) skips `{name}`, which is not around it", handler.name, handler.site))
        .collect()
}

fn idle_exclusions(layer: &LayerSpec, arounds: &[(&HandlerSpec, Rc<[Surrounding<'_>]>)]) -> Vec<String> {
    let surrounded: Vec<&HandlerSpec> = arounds
        .iter()
        .filter(|(_, around)| around.iter().any(|surrounding| std::ptr::eq(surrounding.layer, layer)))
        .map(|(handler, _)| *handler)
        .collect();
    let idle =
        layer.exclude.iter().filter(|word| !surrounded.iter().any(|handler| names(word, handler, None)));
    let mut warnings: Vec<String> = idle
        .map(|word| {
            format!(
                "`{}` ({}) excludes `{word}`, which names no handler around which it runs",
                layer.name,
                layer.site()
            )
        })
        .collect();
    if surrounded.iter().all(|handler| excludes(layer, handler)) {
        warnings.push(format!(
            "`{}` ({}) excludes every handler around which it would run",
            layer.name,
            layer.site()
        ));
    }
    warnings
}

/// The app's own middleware that runs around nothing, since no handler in its layer is of its kinds. That of other
/// packages is theirs: a library may serve kinds that this app has no handlers of.
pub(super) fn unused(
    layout: Layout<'_>,
    arounds: &[(&HandlerSpec, Rc<[Surrounding<'_>]>)],
    package: &str,
) -> Vec<String> {
    let around_some = |layer: &LayerSpec| {
        arounds
            .iter()
            .flat_map(|(_, around)| around.iter())
            .any(|surrounding| std::ptr::eq(surrounding.layer, layer))
    };
    let own = layout.layers.iter().filter(|layer| layer.site().package == package);
    own.filter(|layer| !around_some(layer))
        .map(|layer| unused_remark(layer, layout.level_of(layer)))
        .collect()
}

fn unused_remark(layer: &LayerSpec, level: Level<'_>) -> String {
    let kinds: Vec<String> = layer.kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let of_kind = if kinds.len() == 1 { "of that kind" } else { "of these kinds" };
    let place = match level {
        Level::Blueprint(module) => format!("in the blueprint `{module}`"),
        _ => "there".to_owned(),
    };
    let (name, site, kinds) = (&layer.name, layer.site(), kinds.join(", "));
    format!("`{name}` ({site}) is for {kinds}, and no handler {of_kind} is {place}")
}
