//! A chain as a tree: the scopes with their middleware in the order of running, and the handler at the end.

use super::Shown;
use crate::app::{LeftOut, MiddlewareInfo};
use crate::cli::table::table;

type Row = [String; 5];

/// The tree of a chain, under a line that names its handler.
pub(super) fn of((handler, chain): &Shown) -> String {
    let mut rows = Vec::new();
    let mut position = 0;
    for scope in chain.around.chunk_by(|one, next| one.scope == next.scope) {
        rows.push(heading(&scope[0].scope));
        for (index, one) in scope.iter().enumerate() {
            let branch = if index + 1 == scope.len() { "│  └─" } else { "│  ├─" };
            rows.push(row(branch, one, &mut position));
        }
    }
    let place = handler.site.to_string();
    rows.push([
        format!("└─ {}", handler.name),
        "the handler".to_owned(),
        String::new(),
        place,
        String::new(),
    ]);
    format!("{}  {}\n{}", handler.route(chain), handler.kind, table(&rows))
}

fn heading(level: &str) -> Row {
    [format!("├─ {level}"), String::new(), String::new(), String::new(), String::new()]
}

fn row(branch: &str, one: &MiddlewareInfo, position: &mut usize) -> Row {
    let number = match one.left_out {
        None => {
            *position += 1;
            position.to_string()
        }
        Some(_) => "-".to_owned(),
    };
    let order = if one.order == 0 { String::new() } else { format!("order {}", one.order) };
    let note = one.left_out.map(reason).unwrap_or_default();
    [format!("{branch} {number} {}", one.name), one.kinds.to_string(), order, one.site.to_string(), note]
}

/// The reason why a middleware does not run.
pub(super) fn reason(left_out: LeftOut<'_>) -> String {
    match left_out {
        LeftOut::Excluded(word) => format!("does not run: its `exclude` has `{word}`"),
        LeftOut::Skipped => "does not run: the handler's `skip` has it".to_owned(),
    }
}
