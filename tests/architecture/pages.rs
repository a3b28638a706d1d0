//! The pages that say where something is name places that exist, and none is forgotten.

use std::fs;
use std::path::Path;

use super::root;

#[test]
fn every_place_that_docs_adding_names_exists() {
    let places = places("docs/adding.md");
    assert!(places.len() > 30, "docs/adding.md names {} places", places.len());
    assert_all_exist("docs/adding.md", places);
}

#[test]
fn every_test_that_docs_peers_names_exists() {
    let tests: Vec<String> =
        places("docs/peers.md").into_iter().filter(|place| place.starts_with("tests/")).collect();
    assert!(tests.len() > 20, "docs/peers.md names {} tests", tests.len());
    assert_all_exist("docs/peers.md", tests);
}

#[test]
fn every_place_that_the_index_of_the_tests_names_exists() {
    let named = places("tests/README.md").into_iter().filter(|place| !place.contains(' '));
    let inside = |place: String| match root().join("tests").join(&place).exists() {
        true => format!("tests/{place}"),
        false => place,
    };
    assert_all_exist("tests/README.md", named.map(inside).collect());
}

#[test]
fn every_example_is_on_their_page() {
    let page = fs::read_to_string(root().join("examples/README.md")).unwrap();
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let is_example = path.join("Cargo.toml").exists() || path.extension().is_some_and(|it| it == "rs");
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            !is_example || page.contains(&format!("]({name})")),
            "examples/README.md has no row for {name}"
        );
    }
}

#[track_caller]
fn assert_all_exist(page: &str, places: Vec<String>) {
    let exists = |place: &String| {
        let path = root().join(place);
        path.exists() || path.with_extension("rs").exists()
    };
    let missing: Vec<String> = places.into_iter().filter(|place| !exists(place)).collect();
    assert!(missing.is_empty(), "{page} names what does not exist: {missing:?}");
}

/// What a page writes in backticks and looks like a path; a name in capitals or in `<>` stands for any.
fn places(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let code = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let is_path = |word: &&str| {
        word.contains('/')
            && !word.contains(['<', '*', ' ', '{', '"', '(', ':'])
            && !word.starts_with('/')
            && !word.contains("NAME")
            && Path::new(word).components().count() > 1
    };
    code.filter(is_path).map(|word| word.split('#').next().unwrap_or(word).to_owned()).collect()
}
