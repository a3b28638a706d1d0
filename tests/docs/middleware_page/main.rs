//! The programs of `docs/middleware.md`: every example of the middleware pages of four other systems, compiled and run.
//!
//! Each stands in a blueprint of its own here, so that its middleware does not meet that of the others.

use chalice_rt::prelude::*;

mod alone;
mod blacksheep;
mod chalice;
mod litestar;
mod powertools;

fn app() -> App {
    app!("middleware-page")
}

fn client() -> TestClient {
    TestClient::new(app())
}

/// The page and the tests without whitespace: indentation and line breaks may differ.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_program_of_the_page_is_one_of_these() {
    let sources = squeezed(concat!(
        include_str!("alone.rs"),
        include_str!("blacksheep.rs"),
        include_str!("chalice.rs"),
        include_str!("litestar.rs"),
        include_str!("powertools.rs"),
    ));
    let page = include_str!("../../../docs/middleware.md");
    let programs: Vec<&str> =
        page.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(programs.len() > 20, "the page has {} programs", programs.len());
    for part in programs.iter().flat_map(|program| program.split("\n\n")) {
        assert!(sources.contains(&squeezed(part)), "not in tests/docs/middleware_page:\n{part}");
    }
}
