//! How a process ends: hooks that panic or hang, a setup that hangs, an impatient Ctrl-C.

#![cfg(unix)]

mod support;

use std::future::pending;
use std::os::unix::process::ExitStatusExt;
use std::thread::sleep;
use std::time::Duration;

use chalice_rt::prelude::*;
use support::process::{Process, clean};
use support::runtime_api::RuntimeApi;
use tokio::process::Command;

/// In its environment this test binary is an app, and this says which one.
const APP: &str = "CHALICE_TEST_APP";

const SIGINT: i32 = 2;

struct Pool(&'static str);

#[get("/")]
async fn index() -> &'static str {
    "here"
}

/// The app itself, when the tests start this binary as a process.
#[test]
fn app_as_a_process() {
    let app = app!("ends");
    let which = std::env::var(APP);
    let app = match which.as_deref() {
        Ok("hooks") => app
            .on_shutdown(|| async { panic!("a hook without luck") })
            .on_shutdown(|| async { pending().await })
            .on_shutdown(|| async {
                loop {
                    sleep(Duration::from_secs(60))
                }
            })
            .on_shutdown(|| async { println!("the last hook") }),
        Ok("order") => app
            .on_shutdown(|| async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                println!("first hook");
            })
            .on_shutdown(|| async { println!("second hook") }),
        Ok("states") => app.manage(Pool("the pool")).on_shutdown(|states: States| async move {
            let pool = states.get::<Pool>().map(|pool| pool.0.0);
            println!("closing {pool:?}, and {}", states.get::<u8>().unwrap_err());
        }),
        Ok("setup-waits") => app.setup(|_| async {
            println!("setting up");
            pending().await
        }),
        Ok("setup-blocks") => app.setup(|_| async {
            println!("setting up");
            loop {
                sleep(Duration::from_secs(60));
            }
        }),
        _ => return,
    };
    std::process::exit(if app.run() == ExitCode::SUCCESS { 0 } else { 1 });
}

fn app(which: &str) -> Command {
    let mut command = clean(Command::new(std::env::current_exe().expect("the path of this test")));
    command.args(["--exact", "app_as_a_process", "--nocapture"]).env(APP, which);
    command
}

#[tokio::test]
async fn hooks_that_panic_or_hang_keep_no_other_from_running_and_change_no_exit_code() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("hooks")));
    api.idle(1).await;
    function.signal("TERM");
    function.stdout.line("the last hook").await;
    assert_eq!(function.ended().await.code(), Some(0));
    let told = function.stdout.text();
    assert!(told.contains("an on_shutdown hook panicked: a hook without luck"), "{told}");
    assert_eq!(told.matches("is given up").count(), 2, "{told}");
}

#[tokio::test]
async fn a_hook_reads_the_managed_values() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("states")));
    api.idle(1).await;
    function.signal("TERM");
    assert_eq!(function.ended().await.code(), Some(0));
    let line = function.stdout.line("closing").await;
    assert!(line.contains("the pool") && line.contains("nothing manages a value of type `u8`"), "{line}");
}

#[tokio::test]
async fn a_hook_waits_for_the_one_before_it() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("order")));
    api.idle(1).await;
    function.signal("TERM");
    assert_eq!(function.ended().await.code(), Some(0));
    let told = function.stdout.text();
    assert!(told.find("first hook") < told.find("second hook") && told.contains("first hook"), "{told}");
}

#[tokio::test]
async fn sigterm_ends_a_process_whose_setup_hangs() {
    for which in ["setup-waits", "setup-blocks"] {
        let api = RuntimeApi::start().await;
        let mut function = Process::start(api.on_lambda(app(which)));
        function.stdout.line("setting up").await;
        function.signal("TERM");
        assert_eq!(function.ended().await.code(), Some(0), "{which}");
    }
}

#[tokio::test]
async fn a_second_ctrl_c_ends_whatever_hangs() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.on_lambda(app("hooks")));
    api.idle(1).await;
    function.signal("INT");
    function.stdout.line("a hook without luck").await;
    function.signal("INT");
    assert_eq!(function.ended().await.signal(), Some(SIGINT));
}
