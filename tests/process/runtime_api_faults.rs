//! A faulty Runtime API: every loss is logged, and the process continues or ends as Lambda expects.

mod support;

use std::fmt::Debug;

use chalice_rt::prelude::*;
use chalice_rt::tracing::field::Field;
use chalice_rt::tracing::span::{Attributes, Id};
use support::process::{Process, clean};
use support::scripted_api::{Next, ScriptedApi};
use tokio::process::Command;
use tracing_subscriber::layer::{Context as LayerContext, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// In its environment this test binary is an app.
const APP: &str = "CHALICE_TEST_APP";

#[lambda_function]
async fn echo(event: Value) -> Value {
    println!("handled {event}");
    event
}

/// A subscriber that prints messages, and panics at the span of one certain invocation.
struct Panicking;

impl<S: tracing::Subscriber> Layer<S> for Panicking {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: LayerContext<'_, S>) {
        attributes.record(&mut |_: &Field, value: &dyn Debug| {
            assert!(format!("{value:?}") != "\"panic-1\"", "the loop itself panics");
        });
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: LayerContext<'_, S>) {
        event.record(&mut |field: &Field, value: &dyn Debug| {
            if field.name() == "message" {
                println!("{} {value:?}", event.metadata().level());
            }
        });
    }
}

/// The app itself, when the tests start this binary as a process.
#[test]
fn app_as_a_process() {
    if std::env::var(APP).is_err() {
        return;
    }
    if std::env::var(APP).as_deref() == Ok("panicking") {
        tracing_subscriber::registry().with(Panicking).init();
    }
    let code = app!("faults").on_shutdown(|| async { println!("the hook ran") }).run();
    assert_eq!(code, ExitCode::SUCCESS);
}

fn start(api: &ScriptedApi, concurrency: &str) -> Process {
    start_as("plain", api, concurrency)
}

fn start_as(app: &str, api: &ScriptedApi, concurrency: &str) -> Process {
    let mut command = clean(Command::new(std::env::current_exe().expect("the path of this test")));
    command
        .args(["--exact", "app_as_a_process", "--nocapture"])
        .env(APP, app)
        .env("AWS_LAMBDA_RUNTIME_API", &api.address)
        .env("AWS_LAMBDA_MAX_CONCURRENCY", concurrency);
    Process::start(command)
}

#[tokio::test]
async fn one_failure_is_told_at_once_and_the_next_invocation_is_served() {
    for (fault, told) in [
        (Next::status("403 Forbidden"), "403 Forbidden"),
        (Next::nameless("1"), "without a request id"),
        (Next::broken("lost-1"), "invocation lost-1 is lost"),
    ] {
        for concurrency in ["1", "3"] {
            let api = ScriptedApi::start([fault.clone(), Next::event("kept-1", "2")]).await;
            let function = start(&api, concurrency);
            let line = function.stdout.line("the runtime API failed").await;
            assert!(line.contains("ERROR") && line.contains(told), "{line}");
            function.stdout.line("handled 2").await;
        }
    }
}

#[tokio::test]
async fn a_loop_that_panics_is_told_and_begins_again() {
    for concurrency in ["1", "3"] {
        let api = ScriptedApi::start([Next::event("panic-1", "1"), Next::event("kept-1", "2")]).await;
        let function = start_as("panicking", &api, concurrency);
        let line = function.stdout.line("the loop that serves invocations failed").await;
        assert!(line.contains("ERROR") && line.contains("the loop itself panics"), "{line}");
        function.stdout.line("handled 2").await;
    }
}

#[tokio::test]
async fn each_of_several_loops_begins_again_after_a_failure() {
    // Fewer than end the process, whichever loops they meet.
    let faults = (0..2).map(|_| Next::status("403 Forbidden"));
    let events = (0..20).map(|count| Next::event(&format!("e-{count}"), &count.to_string()));
    let api = ScriptedApi::start(faults.chain(events)).await;
    let mut function = start(&api, "3");
    function.stdout.at_least("the runtime API failed", 2).await;
    function.stdout.at_least("handled", 20).await;
    function.signal("TERM");
    assert!(function.ended().await.success());
    assert_eq!(api.posted().len(), 20 + 1, "20 answers and an extension: {:?}", api.posted());
}

#[tokio::test]
async fn failures_in_a_row_end_the_process_and_its_hooks_run() {
    for concurrency in ["1", "4"] {
        let api = ScriptedApi::start((0..100).map(|_| Next::status("403 Forbidden"))).await;
        let mut function = start(&api, concurrency);
        assert!(!function.ended().await.success());
        let told = function.stdout.text();
        assert!(
            told.matches("the runtime API failed").count() >= 3 && told.contains("the hook ran"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn a_500_is_the_word_of_lambda_to_end_at_once() {
    let api = ScriptedApi::start([Next::status("500 Internal Server Error")]).await;
    let mut function = start(&api, "4");
    assert!(!function.ended().await.success());
    assert_eq!(function.stdout.text().matches("the runtime API failed").count(), 1);
    function.stdout.line("the hook ran").await;
}

#[tokio::test]
async fn an_event_may_arrive_in_pieces_of_one_byte() {
    let event = format!("{:?}", "x".repeat(20_000));
    let chunks: String = event.chars().map(|c| format!("1\r\n{c}\r\n")).collect();
    let head = "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: e-1\r\ntransfer-encoding: chunked\r\n\r\n";
    let api = ScriptedApi::start([Next::Raw(format!("{head}{chunks}0\r\n\r\n"))]).await;
    let function = start(&api, "1");
    let line = function.stdout.line("handled").await;
    assert_eq!(line.len(), "handled ".len() + event.len());
}
