//! A kind of event is one row of one table and one file: nothing else in the runtime names it.

use std::fs;
use std::path::Path;

use super::{code_lines, root, sources};

const TABLE: &str = "chalice-rt/src/event/mod.rs";

/// Kinds that are more than a source of events, so that other files know them: routes are HTTP, handlers of one WebSocket
/// may share a name, and what no other source has sent is a payload for a function.
const MORE_THAN_A_SOURCE: [&str; 3] = ["Http", "Websocket", "PureLambda"];

/// A row of the table: `Sqs = "sqs" in sqs [..] [..] "..";`
struct Row {
    kind: String,
    word: String,
    module: String,
}

#[test]
fn no_file_but_the_table_and_its_own_names_a_kind() {
    let rows = rows();
    let mut named = Vec::new();
    for (_, file, text) in sources() {
        for row in rows.iter().filter(|row| !MORE_THAN_A_SOURCE.contains(&row.kind.as_str())) {
            if is_room_of(row, &rows, &file) {
                continue;
            }
            let as_value = format!("Kind::{}", row.kind);
            for (line, _) in code_lines(&text).filter(|(_, line)| has_word(line, &as_value)) {
                named.push(format!("{}:{line}: names `{as_value}`", file.display()));
            }
        }
    }
    assert!(named.is_empty(), "kinds outside the table:\n{}", named.join("\n"));
}

#[test]
fn every_kind_has_its_file_with_its_shape_and_its_source() {
    for Row { kind, module, .. } in rows() {
        let file = root().join(format!("chalice-rt/src/event/{module}.rs"));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(text.contains("const SHAPE: Shape"), "{} has no `SHAPE`", file.display());
        // Routes are found by the router, not by what they are bound to.
        let source = format!("impl Source for {kind} ");
        assert!(kind == "Http" || text.contains(&source), "{} has no `{source}`", file.display());
    }
}

#[test]
fn every_kind_is_a_word_of_the_middleware_attribute_and_on_its_page() {
    for place in ["chalice-macros/src/middleware/kinds.rs", "chalice-rt/src/attributes/middleware.md"] {
        let text = fs::read_to_string(root().join(place)).unwrap();
        for Row { word, kind, .. } in rows().iter().filter(|row| row.kind != "Authorizer") {
            let written = [format!("\"{word}\""), format!("`{word}`")];
            assert!(written.iter().any(|word| text.contains(word)), "{place} does not name {kind}");
        }
    }
}

/// Whether the file belongs to the kind, or to another kind whose events are of the same type.
fn is_room_of(row: &Row, rows: &[Row], file: &Path) -> bool {
    let module = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let is_event = file.parent().is_some_and(|folder| folder.ends_with("event"));
    let is_builder = file.components().any(|part| part.as_os_str() == "testing");
    is_builder || is_event && (module == row.module || rows.iter().any(|other| other.module == module))
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[at + word.len()..].starts_with(|c: char| c.is_alphanumeric()))
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join(TABLE)).unwrap();
    let rows: Vec<Row> = text.split([';', '{']).filter_map(row).collect();
    assert!(rows.len() > 10, "the table in {TABLE} has {} rows", rows.len());
    rows
}

fn row(text: &str) -> Option<Row> {
    let (kind, rest) = text.trim().split_once(" = \"")?;
    let (word, rest) = rest.split_once("\" in ")?;
    let (module, _) = rest.split_once(" [")?;
    let [kind, word, module] = [kind, word, module].map(str::to_owned);
    kind.chars().all(char::is_alphanumeric).then_some(Row { kind, word, module })
}
