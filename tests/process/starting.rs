//! `run` from outside: messages when the app cannot start, and exit codes.

mod support;

use std::time::Duration;

use chalice_rt::prelude::*;
use support::events::rest;
use support::process::{Process, clean, run};
use support::runtime_api::{Invocation, RuntimeApi};
use tokio::process::Command;
use tokio::runtime::{Builder, Handle};

/// In its environment this test binary is an app, and this says which one.
const APP: &str = "CHALICE_TEST_APP";

struct Missing;

#[route("/slow")]
async fn slow() -> &'static str {
    println!("slow begins");
    tokio::time::sleep(Duration::from_millis(300)).await;
    "done"
}

#[route("/panic")]
async fn panic() -> &'static str {
    panic!("no way out")
}

#[lambda_function]
async fn flavor(_event: Value) -> String {
    format!("{:?}", Handle::current().runtime_flavor())
}

#[lambda_function]
async fn large(_event: Value) -> String {
    "x".repeat(7 * 1024 * 1024)
}

/// The app itself, when the tests start this binary as a process.
#[test]
fn app_as_a_process() {
    let app = app!("tests-of-run");
    let which = std::env::var(APP);
    let app = match which.as_deref() {
        Ok("plain" | "one-thread") => app,
        Ok("hooks") => app
            .on_shutdown(|| async { println!("first hook") })
            .on_shutdown(|| async { println!("second hook") }),
        Ok("setup-fails") => app.setup(|_| async { Err(std::io::Error::other("no database").into()) }),
        Ok("gives-up") => app.fail(std::io::Error::other("no table in the configuration")),
        Ok("setup-panics") => app.setup(|_| async { panic!("no database at all") }),
        Ok("sync") => {
            let sync = |event: LambdaFunctionEvent, next: Next<_>| next.run_blocking(event);
            app.register_middleware(blocking(sync), PureLambda)
        }
        Ok("construction-panics") => app.manage(no_table()),
        Ok("managed-twice") => app.manage(Missing).manage(Missing),
        _ => return,
    };
    let code = match which.as_deref() {
        Ok("one-thread") => {
            Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(app.serve())
        }
        _ => app.run(),
    };
    println!("{code:?}");
    assert_eq!(code, ExitCode::SUCCESS);
}

fn app(which: &str) -> Command {
    let mut command = clean(Command::new(std::env::current_exe().expect("the path of this test")));
    command.args(["--exact", "app_as_a_process", "--nocapture"]).env(APP, which);
    command
}

#[tokio::test]
async fn on_lambda_the_current_work_ends_then_the_hooks_run_in_order() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("hooks")));
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

#[tokio::test]
async fn the_error_of_a_setup_is_the_init_error() {
    for (which, text) in [
        ("setup-fails", "no database"),
        ("setup-panics", "no database at all"),
        ("gives-up", "no table in the configuration"),
    ] {
        let api = RuntimeApi::start().await;
        let mut function = Process::start(api.on_lambda(app(which)));
        assert_eq!(api.init_error().await["errorMessage"], text);
        assert!(!function.ended().await.success());
    }
}

#[tokio::test]
async fn a_launch_error_is_the_init_error_and_stands_on_stderr() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("managed-twice")));
    let error = api.init_error().await;
    assert_eq!(error["errorType"], "LaunchError");
    assert!(error["errorMessage"].as_str().is_some_and(|text| text.contains("Missing")), "{error}");
    assert!(!function.ended().await.success());
    function.stderr.line("the app cannot start").await;
}

fn no_table() -> Missing {
    panic!("no table in the environment")
}

#[tokio::test]
async fn a_panic_while_the_app_is_made_is_the_init_error() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("construction-panics")));
    let error = api.init_error().await;
    let text = error["errorMessage"].as_str().unwrap_or_default();
    assert_eq!(error["errorType"], "Panic");
    assert!(text.contains("no table in the environment (") && text.contains("starting.rs:"), "{error}");
    assert!(!function.ended().await.success());
}

#[tokio::test]
async fn a_panic_and_an_answer_over_6_mb_fail_their_invocation_only() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.on_lambda(app("plain")));
    assert_eq!(api.invoke(&rest("GET", "/panic")).await.answer()["statusCode"], 500);
    assert_eq!(api.invoke(&rest("GET", "/slow")).await.answer()["body"], "done");
    let api = RuntimeApi::start().await;
    let mut command = api.on_lambda(app("plain"));
    command.env("_HANDLER", "large");
    let _function = Process::start(command);
    for _ in 0..2 {
        let outcome = api.invoke(&json!({})).await;
        let text = outcome.error()["errorMessage"].as_str().expect("a text");
        assert!(text.contains("6 MB") && text.contains("7340034"), "{text}");
    }
}

#[tokio::test]
async fn with_json_logs_a_panic_is_a_line_of_json() {
    let api = RuntimeApi::start().await;
    let mut command = api.on_lambda(app("plain"));
    command.env("AWS_LAMBDA_LOG_FORMAT", "JSON");
    let mut function = Process::start(command);
    api.invoke(&rest("GET", "/panic")).await;
    let line = function.stdout.line("panicked: no way out").await;
    let line: Value = serde_json::from_str(&line).expect("a JSON line");
    assert_eq!((&line["level"], &line["requestId"]), (&json!("ERROR"), &json!(api.last_id())));
    assert!(
        line["fields"]["location"].as_str().is_some_and(|place| place.contains("starting.rs:")),
        "{line}"
    );
    function.signal("TERM");
    assert!(function.ended().await.success());
    assert_eq!(function.stderr.text(), "");
}

#[tokio::test]
async fn the_runtime_has_one_thread_unless_something_wants_several() {
    for (which, concurrency, flavor) in
        [("plain", "1", "CurrentThread"), ("plain", "2", "MultiThread"), ("sync", "1", "MultiThread")]
    {
        let api = RuntimeApi::start().await;
        let mut command = api.on_lambda(app(which));
        command.env("_HANDLER", "flavor").env("AWS_LAMBDA_MAX_CONCURRENCY", concurrency);
        let _function = Process::start(command);
        assert_eq!(api.invoke(&json!({})).await.answer(), flavor, "{which}, {concurrency} at once");
    }
}

#[tokio::test]
async fn invocations_that_share_one_thread_against_the_wish_of_lambda_are_told() {
    let api = RuntimeApi::start().await;
    let mut command = api.on_lambda(app("one-thread"));
    command.env("AWS_LAMBDA_MAX_CONCURRENCY", "4");
    let function = Process::start(command);
    function.stdout.line("Lambda wants 4 invocations at once").await;
    let outcomes = [0; 4].map(|_| api.queue(Invocation::new(rest("GET", "/slow").to_string())));
    function.stdout.at_least("slow begins", 4).await;
    for outcome in outcomes {
        assert_eq!(outcome.await.expect("an outcome").answer()["body"], "done");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_told() {
    for address in ["not an address", "host:99999"] {
        let mut command = app("plain");
        command.env("AWS_LAMBDA_RUNTIME_API", address);
        let done = run(command, "").await;
        assert!(done.stderr.contains(&format!("AWS_LAMBDA_RUNTIME_API is `{address}`")), "{}", done.stderr);
    }
}

#[tokio::test]
async fn run_inside_a_runtime_is_a_mistake_that_is_told() {
    assert_eq!(app!("inside").run(), ExitCode::from(2));
}
