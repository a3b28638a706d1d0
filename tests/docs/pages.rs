//! Pages of the documentation that are made of what the tests hold, so that they cannot drift.
//!
//! `BLESS=1 cargo test --test docs` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const MISTAKES: &str = "../docs/mistakes.md";

const HEAD: &str = "# Mistakes and messages

What the compiler says of a mistake in an attribute. Each of these programs is a test, and each message is what the test
expects. (The page is written by `BLESS=1 cargo test --test docs`.)

One mistake has no message: a file that no `mod` names is no part of the program, and no attribute in it is ever seen. If a
handler is missing from `routes`, look for the `mod` of its file.
";

#[test]
fn the_page_of_mistakes_is_that_of_the_tests() {
    let page = mistakes();
    if std::env::var_os("BLESS").is_some() {
        fs::write(MISTAKES, &page).unwrap();
    }
    let written = fs::read_to_string(MISTAKES).unwrap_or_default();
    assert!(written == page, "{MISTAKES} is not what tests/ui says: run `BLESS=1 cargo test --test docs`");
}

fn mistakes() -> String {
    let mut page = HEAD.to_owned();
    for folder in sorted(Path::new("ui")).iter().filter(|folder| !folder.ends_with("accepted")) {
        let _ = write!(page, "\n## `{}`\n", name(folder));
        for program in sorted(folder).iter().filter(|file| file.extension().is_some_and(|it| it == "rs")) {
            let message = fs::read_to_string(program.with_extension("stderr")).unwrap_or_default();
            let source = fs::read_to_string(program).unwrap();
            let title = name(program).replace('_', " ");
            let (source, message) = (source.trim_end(), message.trim_end());
            let _ = write!(page, "\n### {title}\n\n```rust\n{source}\n```\n\n```text\n{message}\n```\n");
        }
    }
    page
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn each_promise_of_the_security_page_has_its_tests() {
    let page = fs::read_to_string("../SECURITY.md").unwrap();
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && *line != "| promise | tests |").collect();
    assert!(!rows.is_empty());
    let mut sources = String::new();
    for folder in [".", "../chalice-rt/src"] {
        read_all(Path::new(folder), &mut sources);
    }
    for row in rows {
        let tests = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let names: Vec<&str> = tests.split(", ").map(|name| name.trim().trim_matches('`')).collect();
        for name in names {
            assert!(sources.contains(&format!("fn {name}(")), "no test is named `{name}`, for: {row}");
        }
    }
}

/// Adds the text of each Rust file below the folder.
fn read_all(folder: &Path, text: &mut String) {
    for path in sorted(folder) {
        if path.is_dir() {
            read_all(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
