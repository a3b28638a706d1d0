//! Runs the cases of a group, as recorded from Chalice 1.34.0, against the same app in Rust.
//!
//! `<group>.json` holds the Python app, and for each case the event, what came back, and the lines that the app traced. Where
//! this project differs from Chalice on purpose, the case says so (`differs: ..`): its expectation is then the project's own,
//! and `chalice` holds the recording.

mod compare;
mod json;
mod response;

use std::sync::{Mutex, PoisonError};

use chalice_rt::prelude::*;
use serde::Deserialize;

use compare::Expect;

/// Checks all cases of a group against the app.
#[allow(dead_code, reason = "not every app is the same as in Python")]
pub(crate) fn check(group: &str, app: App) {
    check_with(group, app, &Differences::default());
}

/// Checks all cases of a group against the app, but for these differences of the port.
pub(crate) fn check_with(group: &str, app: App, differences: &Differences) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let failures = runtime.block_on(failures(&TestClient::new(app), group, differences));
    assert!(failures.is_empty(), "{group}: {} failed\n\n{}", failures.len(), failures.join("\n\n"));
}

/// What the apps print in Python: a line that says what ran.
#[allow(dead_code, reason = "not every app traces")]
pub(crate) fn trace(line: impl Into<String>) {
    TRACE.lock().unwrap_or_else(PoisonError::into_inner).push(line.into());
}

/// Where a port has to differ from its Python original.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    /// Cases that are left out.
    pub(crate) without: &'static [&'static str],
    /// Handlers that have another name for Lambda than in Python.
    pub(crate) renamed: &'static [(&'static str, &'static str)],
}

static TRACE: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[derive(Deserialize)]
struct Group {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    handler: String,
    event: Value,
    expect: Expect,
    trace: Vec<String>,
    #[serde(default)]
    compare: String,
}

/// Runs the cases in order, and says of each that failed what was expected and what came.
async fn failures(client: &TestClient, group: &str, differences: &Differences) -> Vec<String> {
    let mut cases = read(group).cases;
    cases.retain(|case| !differences.without.contains(&case.name.as_str()));
    assert!(!cases.is_empty(), "{group} has no cases");
    let mut failures = Vec::new();
    for case in &cases {
        failures.extend(failure(client, case, differences).await);
    }
    failures
}

fn read(group: &str) -> Group {
    let path = format!("{}/conformance/{group}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

async fn failure(client: &TestClient, case: &Case, differences: &Differences) -> Option<String> {
    taken();
    let outcome = run(client, case, differences).await;
    let traced = taken();
    let mut wrong = compare::wrong(&case.expect, &outcome, &case.compare);
    if traced != case.trace {
        wrong.push(format!("trace: expected {:?}, got {traced:?}", case.trace));
    }
    let got = outcome.map_or_else(|error| format!("error: {error}"), |answer| answer.to_string());
    let Case { name, expect, .. } = case;
    (!wrong.is_empty())
        .then(|| format!("## {name}\n   {}\n   expected: {expect}\n   got:      {got}", wrong.join("\n   ")))
}

async fn run(client: &TestClient, case: &Case, differences: &Differences) -> Result<Value, InvocationError> {
    match case.handler.as_str() {
        "app" => client.send(case.event.clone()).await,
        python => client.invoke(name(python, differences), &case.event).await,
    }
}

fn name<'a>(python: &'a str, differences: &'a Differences) -> &'a str {
    differences.renamed.iter().find(|(from, _)| *from == python).map_or(python, |(_, to)| to)
}

fn taken() -> Vec<String> {
    std::mem::take(&mut *TRACE.lock().unwrap_or_else(PoisonError::into_inner))
}
