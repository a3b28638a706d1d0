//! Exclusion: which of the middleware around a handler is left out, decided at start.

use super::layout::Surrounding;
use super::name::names;
use crate::registry::{HandlerSpec, LayerSpec};

/// The middleware that runs around a handler; of a route, for one of its methods.
pub(super) fn select<'a>(
    around: &[Surrounding<'a>],
    handler: &HandlerSpec,
    method: Option<&str>,
) -> Vec<Surrounding<'a>> {
    let runs = |surrounding: &&Surrounding<'_>| {
        !excludes(surrounding.layer, handler, method) && !skipped(handler, &surrounding.layer.name)
    };
    around.iter().filter(runs).cloned().collect()
}

fn excludes(layer: &LayerSpec, handler: &HandlerSpec, method: Option<&str>) -> bool {
    layer.exclude.iter().any(|word| names(word, handler, method))
}

fn skipped(handler: &HandlerSpec, name: &str) -> bool {
    handler.skip.contains(&name)
}

/// What is excluded in vain: words that name no handler, exclusions that leave nothing, skips of what is not there.
pub(super) fn remarks(arounds: &[(&HandlerSpec, Vec<Surrounding<'_>>)]) -> Vec<String> {
    let mut remarks: Vec<String> =
        arounds.iter().flat_map(|(handler, around)| idle_skips(handler, around)).collect();
    let mut seen: Vec<*const LayerSpec> = Vec::new();
    for layer in arounds.iter().flat_map(|(_, around)| around).map(|surrounding| surrounding.layer) {
        if !layer.exclude.is_empty() && !seen.contains(&std::ptr::from_ref(layer)) {
            seen.push(layer);
            remarks.extend(idle_exclusions(layer, arounds));
        }
    }
    remarks
}

fn idle_skips(handler: &HandlerSpec, around: &[Surrounding<'_>]) -> Vec<String> {
    let there = |name: &&&str| !around.iter().any(|surrounding| surrounding.layer.name == ***name);
    let idle = handler.skip.iter().filter(there);
    idle.map(|name| format!("`{}` ({}) skips `{name}`, which is not around it", handler.name, handler.site))
        .collect()
}

fn idle_exclusions(layer: &LayerSpec, arounds: &[(&HandlerSpec, Vec<Surrounding<'_>>)]) -> Vec<String> {
    let surrounded: Vec<&HandlerSpec> = arounds
        .iter()
        .filter(|(_, around)| around.iter().any(|surrounding| std::ptr::eq(surrounding.layer, layer)))
        .map(|(handler, _)| *handler)
        .collect();
    let idle =
        layer.exclude.iter().filter(|word| !surrounded.iter().any(|handler| names(word, handler, None)));
    let mut remarks: Vec<String> = idle
        .map(|word| {
            format!(
                "`{}` ({}) excludes `{word}`, which names no handler around which it runs",
                layer.name,
                layer.site()
            )
        })
        .collect();
    if surrounded.iter().all(|handler| excludes(layer, handler, None)) {
        remarks.push(format!(
            "`{}` ({}) excludes every handler around which it would run",
            layer.name,
            layer.site()
        ));
    }
    remarks
}
