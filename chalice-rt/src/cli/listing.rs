//! `routes`: prints the handlers as a table, or as JSON for deployment tools.

use serde_json::{Value, json};

use super::described::{answers, arguments};
use super::table::table;
use super::{Failed, output};
use crate::app::HandlerInfo;

/// Prints the handlers.
pub(super) fn print(handlers: &[HandlerInfo], as_json: bool) -> Result<(), Failed> {
    if as_json {
        return output::print_json(&handlers.iter().map(document).collect::<Vec<_>>());
    }
    output::print(&text(handlers))
}

/// `demo  2 routes, 1 other handler`.
pub(super) fn summary(app: &str, handlers: &[HandlerInfo]) -> String {
    format!("{app}  {}", count(handlers))
}

/// `3 handlers (2 routes, 1 other)`.
pub(super) fn count(handlers: &[HandlerInfo]) -> String {
    let routes = handlers.iter().filter(|handler| handler.route.is_some()).count();
    let others = handlers.len() - routes;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (routes, others) {
        (_, 0) => plural(routes, "route"),
        (0, _) => plural(others, "handler"),
        _ => format!("{}, {}", plural(routes, "route"), plural(others, "other handler")),
    }
}

/// The table: routes, then the other handlers and how to invoke them.
pub(super) fn text(handlers: &[HandlerInfo]) -> String {
    let routes: Vec<_> = handlers.iter().filter_map(route_row).collect();
    let others: Vec<_> = handlers.iter().filter(|handler| handler.route.is_none()).map(other_row).collect();
    let between = if routes.is_empty() || others.is_empty() { "" } else { "\n" };
    format!("{}{between}{}", table(&routes), table(&others))
}

fn route_row(handler: &HandlerInfo) -> Option<[String; 5]> {
    let (path, methods) = handler.route.as_ref()?;
    Some([
        methods.join(","),
        path.clone(),
        handler.name.clone(),
        handler.site.to_string(),
        handler.middleware().join(" > "),
    ])
}

fn other_row(handler: &HandlerInfo) -> [String; 6] {
    [
        handler.kind.to_string(),
        handler.source.clone(),
        handler.name.clone(),
        handler.site.to_string(),
        handler.middleware().join(" > "),
        format!("try: invoke {} --event FILE", handler.name),
    ]
}

fn document(handler: &HandlerInfo) -> Value {
    let mut document = about(handler);
    document["settings"] = Value::Object(handler.settings.clone());
    document["middleware"] = json!(handler.middleware());
    document["arguments"] = arguments(handler.description);
    document["answers"] = answers(handler.description);
    if let Some((path, methods)) = &handler.route {
        document["path"] = json!(path);
        document["methods"] = json!(methods);
    }
    document
}

/// The members that all listings have.
pub(super) fn about(handler: &HandlerInfo) -> Value {
    json!({
        "name": handler.name,
        "kind": handler.kind.name(),
        "source": handler.source,
        "module": handler.site.module,
        "package": handler.site.package,
        "file": handler.site.file,
        "line": handler.site.line,
    })
}
