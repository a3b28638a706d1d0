//! The README's app, built as the README describes: a panic is a 500, and the process continues.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::events::rest;
use support::process::{Process, clean};
use support::runtime_api::RuntimeApi;

/// What cargo-lambda builds releases with, unless the manifest's profile says otherwise.
const CARGO_LAMBDA: [(&str, &str); 4] =
    [("strip", "\"symbols\""), ("lto", "\"thin\""), ("codegen-units", "1"), ("panic", "\"abort\"")];

/// A route that the README's app does not have.
const PANIC: &str =
    "\n#[get(\"/panic\")]\nasync fn panics() -> &'static str {\n    panic!(\"no way out\")\n}\n";

/// The code block of the README that stands behind some words.
fn block<'a>(readme: &'a str, words: &str) -> &'a str {
    let behind = readme.split_once(words).unwrap_or_else(|| panic!("the README says {words}")).1;
    let block = behind.split("```").nth(1).expect("a code block");
    block.split_once('\n').expect("a block of several lines").1
}

/// Writes the app of the README as a package, and gives its folder.
fn package() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root of the workspace");
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("my-app");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let here = format!("path = {:?}", root.join("chalice-rt"));
    let manifest = block(&readme, "`Cargo.toml`.").replace("path = \"../chalice/chalice-rt\"", &here);
    assert!(manifest.contains(&here), "{manifest}");
    let head = "[package]\nname = \"my-app\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    let library = block(&readme, "`src/lib.rs`:").to_owned() + PANIC;
    for (file, text) in [
        ("Cargo.toml", head.to_owned() + &manifest),
        ("src/lib.rs", library),
        ("src/main.rs", block(&readme, "`src/main.rs`:").to_owned()),
    ] {
        fs::write(folder.join(file), text).expect("a file");
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    folder
}

/// The settings of cargo-lambda that the manifest leaves to it.
fn left_to_cargo_lambda(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("the manifest");
    let profile = manifest.split_once("[profile.release]").map_or("", |(_, behind)| behind);
    let profile = profile.split("\n[").next().unwrap_or(profile);
    let says =
        |name: &str| profile.lines().any(|line| line.split('=').next().is_some_and(|key| key.trim() == name));
    let left = CARGO_LAMBDA.into_iter().filter(|(name, _)| !says(name));
    left.map(|(name, value)| format!("profile.release.{name}={value}")).collect()
}

/// Builds the app for release, and gives the binary.
fn build(folder: &Path, settings: &[String]) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder).args(["build", "--release", "--no-default-features", "--offline", "--quiet"]);
    // Only how a panic unwinds matters, so nothing is optimised.
    cargo.args(["--config", "profile.release.opt-level=0"]);
    for setting in settings {
        cargo.args(["--config", setting]);
    }
    // The variables of this build are not those of that one.
    cargo
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    assert!(cargo.status().expect("cargo runs").success());
    folder.join(format!("target/release/my-app{}", std::env::consts::EXE_SUFFIX))
}

async fn assert_a_panic_is_a_500(binary: &Path) {
    let api = RuntimeApi::start().await;
    let function = Process::start(api.on_lambda(clean(tokio::process::Command::new(binary))));
    for _ in 0..2 {
        assert_eq!(api.invoke(&rest("GET", "/panic")).await.answer()["statusCode"], 500);
        assert_eq!(api.invoke(&rest("GET", "/users/7")).await.answer()["statusCode"], 404);
    }
    let told = function.stdout.text();
    assert!(told.contains("no way out") && !told.contains("panic = "), "{told}");
}

#[tokio::test]
async fn a_panic_is_a_500_in_what_the_readme_builds() {
    let folder = package();
    assert_a_panic_is_a_500(&build(&folder, &[])).await;
    let settings = left_to_cargo_lambda(&folder);
    assert_eq!(settings.len(), CARGO_LAMBDA.len() - 1, "all but one: {settings:?}");
    assert_a_panic_is_a_500(&build(&folder, &settings)).await;
}
