//! The runtime has floors: a file imports from lower floors, and from its own folder. Only the registry reads
//! `inventory`, except that `error` reads the registered view errors itself.

use std::path::PathBuf;

use super::{code_lines, sources};

/// The floors, from the lowest up. Modules on one line do not import each other.
const FLOORS: &[&[&str]] = &[
    &["collect", "describe", "json", "kind", "secrets", "signal", "trace"],
    &["error"],
    &["limits", "raw_event", "state"],
    &["context", "log"],
    &["web"],
    &["event"],
    &["reply"],
    &["extract"],
    &["chain"],
    &["route"],
    &["convert", "observe"],
    &["registry"],
    &["app"],
    &["lambda", "local", "testing"],
    &["cli"],
    &["run"],
];

/// The files without a floor: the crate's root, and the names that expansions use.
const OUTSIDE: &[&str] = &["lib", "prelude", "private", "attributes"];

#[test]
fn imports_go_down_the_floors_only() {
    let mut wrong = Vec::new();
    for (module, file, text) in sources() {
        let Some(own) = floor(&module) else { continue };
        for (line, imported) in imports(&text) {
            let down = floor(&imported).is_some_and(|other| other < own);
            if !down && imported != module {
                wrong.push(format!("{}:{line}: `{module}` imports `{imported}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that do not go down:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_registry_and_view_errors_read_the_inventory() {
    let names = |text: &str| code_lines(text).any(|(_, line)| line.contains("inventory"));
    let readers =
        sources().into_iter().filter(|(module, _, text)| names(text) && !OUTSIDE.contains(&module.as_str()));
    let readers: Vec<PathBuf> = readers.map(|(_, file, _)| file).collect();
    let may = ["registry/assembly.rs", "error/view.rs"];
    assert!(
        readers.len() == may.len() && readers.iter().all(|file| may.iter().any(|may| file.ends_with(may))),
        "only {may:?} read the inventory: {readers:?}"
    );
}

#[test]
fn every_module_has_a_floor() {
    let modules = sources().into_iter().map(|(module, _, _)| module);
    let homeless: Vec<String> =
        modules.filter(|module| floor(module).is_none() && !OUTSIDE.contains(&module.as_str())).collect();
    assert!(homeless.is_empty(), "modules without a floor: {homeless:?}");
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The top modules that a file names after `crate::`.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in code_lines(text) {
        for (at, prefix) in line.match_indices("crate::") {
            let before = line[..at].chars().next_back();
            let rest = &line[at + prefix.len()..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            // The table of kinds is a macro, which expands to names of other modules. It has no floor itself.
            let is_macro = rest[name.len()..].starts_with('!');
            if before != Some('$') && !is_macro {
                // A group has no name, and so no floor: one import a line keeps this test simple and honest.
                found.push((number, name));
            }
        }
    }
    found
}

#[test]
fn the_table_of_the_architecture_is_this_one() {
    let page = std::fs::read_to_string(super::root().join("ARCHITECTURE.md")).expect("the page");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let mut written: Vec<(usize, Vec<&str>)> = rows
        .filter_map(|(floor, rest)| Some((floor.parse().ok()?, rest.split(" | ").next()?)))
        .map(|(floor, modules)| (floor, modules.split('`').filter(|name| !name.trim().is_empty()).collect()))
        .collect();
    written.sort_unstable_by_key(|(floor, _)| *floor);
    let checked: Vec<(usize, Vec<&str>)> =
        FLOORS.iter().enumerate().map(|(floor, modules)| (floor, modules.to_vec())).collect();
    assert_eq!(written, checked);
}
