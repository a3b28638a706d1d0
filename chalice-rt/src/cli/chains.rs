//! `chains`: the middleware around each handler, from outermost in.

use serde_json::{Value, json};

use super::args::Chains;
use super::table::table;
use super::{Failed, listing, output};
use crate::app::{HandlerInfo, MiddlewareInfo, Service, Target};

/// Prints the chain of the handler that is asked for, or all.
pub(super) fn print(service: Service, asked: &Chains) -> Result<(), Failed> {
    let chosen = chosen(service, asked.name.as_deref())?;
    if asked.json {
        return output::print_json(&chosen.iter().map(document).collect::<Vec<_>>());
    }
    let texts: Vec<String> = chosen.iter().map(text).collect();
    output::print(&texts.join("\n"))
}

fn chosen(service: Service, name: Option<&str>) -> Result<&'static [HandlerInfo], Failed> {
    let all = service.handlers();
    let Some(name) = name else { return Ok(all) };
    match service.target(name).map_err(Failed::usage)? {
        Target::Handler(index) => Ok(all.get(index..=index).unwrap_or_default()),
        Target::ByShape => Ok(all),
    }
}

fn text(handler: &HandlerInfo) -> String {
    let head = match handler.route {
        Some(_) => handler.source.clone(),
        None => format!("{} {}", handler.kind, handler.source),
    };
    let mut rows: Vec<[String; 4]> = handler.middleware.iter().enumerate().map(row).collect();
    rows.push([String::new(), handler.name.clone(), "the handler".to_owned(), handler.site.to_string()]);
    format!("{head}\n{}", table(&rows))
}

fn row((position, middleware): (usize, &MiddlewareInfo)) -> [String; 4] {
    let level = match middleware.order {
        0 => middleware.level.clone(),
        order => format!("{}, order {order}", middleware.level),
    };
    [format!("{}", position + 1), middleware.name.clone(), level, middleware.site.to_string()]
}

fn document(handler: &HandlerInfo) -> Value {
    let mut document = listing::about(handler);
    document["middleware"] = handler.middleware.iter().map(around).collect();
    document
}

fn around(middleware: &MiddlewareInfo) -> Value {
    json!({
        "name": middleware.name,
        "layer": middleware.level,
        "order": middleware.order,
        "file": middleware.site.file,
        "line": middleware.site.line,
    })
}
