//! An app that the linker has left empty, or that is compiled twice, or whose order is open, says so and what to write.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use chalice_rt::prelude::*;

mod support;

use support::process::{Done, clean, run};

#[test]
fn no_handlers_at_all() {
    let report = TestClient::try_new(app!("empty")).expect_err("nothing is linked").to_string();
    for words in ["empty", "chalice-tests", "include = [", "use chalice_tests as _;", "#[route(\"/\")]"] {
        assert!(report.contains(words), "{words} in {report}");
    }
}

/// The folder with the binaries of the fixture `linking`, which Cargo does not build for this test by itself.
fn binaries() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--package", "linking", "--bins"]);
        assert!(cargo.status().expect("cargo runs").success());
        let test = std::env::current_exe().expect("the path of this test");
        test.ancestors().nth(2).expect("target/debug/deps holds this test").to_owned()
    })
}

/// Runs a binary of the fixture.
async fn fixture(bin: &str, arguments: &[&str]) -> Done {
    let mut command = tokio::process::Command::new(binaries().join(bin));
    command.args(arguments);
    run(clean(command), "").await
}

#[tokio::test]
async fn a_library_that_nobody_names_is_not_linked() {
    let done = fixture("unnamed", &["routes"]).await;
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(
        done.stderr.contains("include = [linking]") && done.stderr.contains("use linking as _;"),
        "{}",
        done.stderr
    );
}

#[tokio::test]
async fn a_library_that_is_named_is() {
    let done = fixture("named", &["routes"]).await;
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert!(done.stdout.contains("/linked"), "{}", done.stdout);
}

#[tokio::test]
async fn a_file_that_is_a_module_of_both_is_one_error() {
    let done = fixture("linking", &[]).await;
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    let text = &done.stderr;
    assert!(
        text.contains("1 error") && text.contains("handlers.rs is a module of the library and of the binary"),
        "{text}"
    );
    assert!(text.contains("use linking as _;"), "{text}");
}

#[tokio::test]
async fn handlers_of_another_package_stay_inert() {
    let done = fixture("inert", &["routes"]).await;
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(done.stderr.contains("stay inert until `include` names their crate"), "{}", done.stderr);
}

#[tokio::test]
async fn what_nothing_declares_or_is_in_vain_is_told_and_fails_the_check() {
    let done = fixture("ambiguous", &["check"]).await;
    let text = format!("{}{}", done.stdout, done.stderr);
    assert_eq!(done.code, Some(1), "{text}");
    for words in [
        ["`first`", "`second`", "add `order = N`"],
        ["`first`", "/nowhere", "names no handler"],
        ["`never`", "two.rs", "excludes every handler"],
        ["`index`", "`missing`", "skips"],
        ["`unheard`", "two.rs", "`s3`, `sns`, and no handler of these kinds is there"],
    ] {
        assert!(text.lines().any(|line| words.iter().all(|word| line.contains(word))), "{words:?} in {text}");
    }
    let api = support::runtime_api::RuntimeApi::start().await;
    let command = clean(tokio::process::Command::new(binaries().join("ambiguous")));
    let function = support::process::Process::start(api.on_lambda(command));
    for _ in 0..2 {
        api.invoke(&support::events::rest("GET", "/")).await;
    }
    function.stdout.line("add `order = N`").await;
    assert_eq!(function.stdout.lines().iter().filter(|line| line.contains("add `order = N`")).count(), 1);
}

#[tokio::test]
async fn middleware_that_runs_twice_and_extensions_that_nothing_provides_fail_the_check() {
    let done = fixture("checked", &["check"]).await;
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    for words in [
        [
            "`noted`",
            "checked.rs:8",
            "runs twice around `index`: its own attribute registers it",
            "checked.rs:13",
        ],
        ["`index`", "checked.rs:13", "Extension<u8>", "`provides = u8`"],
    ] {
        let told = done.stderr.lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(told, "{words:?} in {}", done.stderr);
    }
    assert!(done.stderr.contains("2 problems"), "{}", done.stderr);
}

#[tokio::test]
async fn what_a_setup_has_not_managed_is_a_launch_error_after_it() {
    for arguments in [&["check", "--setup"][..], &["local", "--port", "0"]] {
        let done = fixture("checked", arguments).await;
        assert_eq!(done.code, Some(1), "{arguments:?}: {}", done.stderr);
        for words in ["the app cannot start: 1 error", "`rows`", "State<checked::Db>", ".manage(value)"] {
            assert!(done.stderr.contains(words), "{words} in {}", done.stderr);
        }
        assert!(!done.stderr.contains("setup failed"), "{}", done.stderr);
    }
}

#[tokio::test]
async fn chains_show_what_is_left_out_and_why() {
    let tree = fixture("ambiguous", &["chains"]).await.stdout;
    for words in [
        ["1 first ", "http", "one.rs:6"],
        ["- second ", "all", "does not run: the handler's `skip` has it"],
        ["- never ", "order 1", "does not run: its `exclude` has `/`"],
    ] {
        assert!(tree.lines().any(|line| words.iter().all(|word| line.contains(word))), "{words:?} in {tree}");
    }
    let documents = fixture("ambiguous", &["chains", "--json"]).await.stdout;
    let documents: Value = serde_json::from_str(&documents).expect("JSON");
    let left_out = |n: usize| {
        let one = &documents[0]["left_out"][n];
        [&one["name"], &one["by"], &one["word"]].map(|text| text.as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(left_out(0), ["second", "skip", "second"]);
    assert_eq!(left_out(1), ["never", "exclude", "/"]);
    let flowchart = fixture("ambiguous", &["chains", "--mermaid"]).await.stdout;
    assert!(flowchart.contains("c1m2[\"second<br/>app<br/>") && flowchart.contains("]:::out"), "{flowchart}");
    assert!(flowchart.contains("    c1m1 --> c1h\n"), "{flowchart}");
}

#[tokio::test]
async fn what_a_setup_leaves_out_is_a_launch_error_that_check_finds_if_it_is_asked_to() {
    assert_eq!(fixture("unset", &["check"]).await.code, Some(0), "the setup does not run");
    for arguments in [&["check", "--setup"][..], &["local", "--port", "0"]] {
        let done = fixture("unset", arguments).await;
        assert_eq!(done.code, Some(1), "{arguments:?}");
        assert!(done.stderr.starts_with("the app cannot start: 1 error"), "{}", done.stderr);
        assert!(done.stderr.contains("`users`") && done.stderr.contains("Db"), "{}", done.stderr);
    }
}
