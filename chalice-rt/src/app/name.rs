//! The names of handlers: `name`, `module::name`, or `"GET /path"`.

use super::suggest::{listed, nearest};
use crate::event::classify::quoted;
use crate::registry::{Binding, HandlerSpec};

/// Whether the word names the handler. With `method`, only that method of a route counts.
pub(super) fn names(word: &str, handler: &HandlerSpec, method: Option<&str>) -> bool {
    word == handler.name || names_module(word, handler) || names_route(word, handler, method)
}

fn names_module(word: &str, handler: &HandlerSpec) -> bool {
    let full = format!("{}::{}", handler.site.module, handler.name);
    word.contains("::") && (full == word || full.strip_suffix(word).is_some_and(|rest| rest.ends_with("::")))
}

/// `/path` names a route with all its methods, `GET /path` with one.
fn names_route(word: &str, handler: &HandlerSpec, method: Option<&str>) -> bool {
    let Binding::Route { path, methods, .. } = &handler.binding else { return false };
    match word.split_once(' ') {
        None => word == *path,
        Some((named, template)) => {
            template.trim() == *path && method.map_or(methods.contains(&named), |method| method == named)
        }
    }
}

/// The handler that a word names.
///
/// # Errors
/// No handler, or several, have the name. The text lists the candidates.
pub(super) fn find(word: &str, handlers: &[HandlerSpec]) -> Result<usize, String> {
    let found: Vec<usize> =
        (0..handlers.len()).filter(|index| names(word, &handlers[*index], None)).collect();
    match found.as_slice() {
        [index] => Ok(*index),
        [] => Err(unknown(word, handlers)),
        several => {
            let names: Vec<String> = several.iter().map(|index| unambiguous(&handlers[*index])).collect();
            Err(format!("`{word}` names {} handlers: {}; say which", several.len(), names.join(", ")))
        }
    }
}

fn unknown(word: &str, handlers: &[HandlerSpec]) -> String {
    let names = || handlers.iter().map(|handler| handler.name);
    let near: Vec<String> = nearest(word, names()).iter().map(|name| format!("`{name}`")).collect();
    let offer = if near.is_empty() { String::new() } else { format!("did you mean {}? ", near.join(", ")) };
    format!("no handler is named {}; {offer}{}", quoted(word), listed(word, names()))
}

/// The shortest name that is unique.
fn unambiguous(handler: &HandlerSpec) -> String {
    match &handler.binding {
        Binding::Route { path, methods, .. } => format!("`{} {path}`", methods.first().unwrap_or(&"GET")),
        // WebSocket handlers may share name and module.
        binding => format!("`{}::{}` ({})", handler.site.module, handler.name, binding.describe()),
    }
}
