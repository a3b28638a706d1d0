//! What happens when a function or a server is asked to end: hooks run, and what is in flight is finished.

mod support;

use std::ffi::OsString;
use std::time::Duration;

use chalice_rt::prelude::*;
use support::client::Connection;
use support::events::rest;
use support::process::{Process, clean};
use support::runtime_api::{Invocation, RuntimeApi};
use tokio::process::Command;

/// In its environment this test binary is the app, not the tests.
const APP: &str = "CHALICE_TEST_APP";

#[route("/slow")]
async fn slow() -> &'static str {
    println!("slow begins");
    tokio::time::sleep(Duration::from_millis(300)).await;
    "done"
}

/// The app itself, when the tests start this binary as a process.
#[test]
fn app_as_a_process() {
    if std::env::var_os(APP).is_none() {
        return;
    }
    let app = app!("shutdown").on_shutdown(|| async {
        println!("first hook");
    });
    let code = app.on_shutdown(|| async { println!("second hook") }).run();
    assert_eq!(code, ExitCode::SUCCESS);
}

fn app(arguments: &[&str]) -> Command {
    let this: OsString = std::env::current_exe().expect("the path of this test").into();
    let mut command = clean(Command::new(this));
    command.args(["--exact", "app_as_a_process", "--nocapture"]).args(arguments).env(APP, "1");
    command
}

#[tokio::test]
async fn on_lambda_the_current_work_ends_then_the_hooks_run_in_order() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app(&[])));
    assert_eq!(api.extension().await, "chalice-rt-shutdown");
    let outcome = api.queue(Invocation::new(rest("GET", "/slow").to_string()));
    function.stdout.line("slow begins").await;
    function.signal("TERM");
    assert_eq!(outcome.await.expect("an outcome").answer()["body"], "done");
    assert!(function.ended().await.success());
    let lines = function.stdout.lines();
    let at = |text: &str| lines.iter().position(|line| line.contains(text));
    assert!(at("first hook") < at("second hook") && at("first hook").is_some(), "{lines:#?}");
}
