//! Sync and async handlers and middleware in all combinations, alone and under load, on both runtimes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chalice_rt::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// So many requests at once: more than twice tokio's 512 threads for blocking code, were it one for each sync function.
const LOAD: usize = 600;

struct Running(AtomicUsize);

#[middleware_factory]
fn sync_one(request: Request, next: Next<Request>, name: &str) -> Result<Response> {
    // Under load the outermost ones are all there before one of them goes on.
    std::thread::sleep(Duration::from_millis(if name == "a" { 100 } else { 1 }));
    Ok(next.run_blocking(request)?.append_header("x-passed", name))
}

#[middleware_factory]
async fn async_one(request: Request, next: Next<Request>, name: &str) -> Result<Response> {
    sleep(Duration::from_millis(1)).await;
    Ok(next.run(request).await?.append_header("x-passed", name))
}

#[get("/sync/sync", middleware = [sync_one("a"), sync_one("b"), sync_one("c")])]
fn sync_in_sync() -> &'static str {
    std::thread::sleep(Duration::from_millis(1));
    "done"
}

#[get("/sync/async", middleware = [sync_one("a"), sync_one("b"), sync_one("c")])]
async fn async_in_sync() -> &'static str {
    sleep(Duration::from_millis(1)).await;
    "done"
}

#[get("/async/sync", middleware = [async_one("a"), async_one("b"), async_one("c")])]
fn sync_in_async() -> &'static str {
    std::thread::sleep(Duration::from_millis(1));
    "done"
}

#[get("/async/async", middleware = [async_one("a"), async_one("b"), async_one("c")])]
async fn async_in_async() -> &'static str {
    sleep(Duration::from_millis(1)).await;
    "done"
}

#[get("/turns", middleware = [sync_one("a"), async_one("b"), sync_one("c"), async_one("d")])]
fn in_turns() -> &'static str {
    "done"
}

#[get("/turns/async", middleware = [async_one("a"), sync_one("b"), async_one("c"), sync_one("d")])]
async fn in_turns_async() -> &'static str {
    sleep(Duration::from_millis(1)).await;
    "done"
}

/// What blocks needs a thread of its own, whatever is around it.
#[get("/pool", middleware = [sync_one("a")])]
async fn asks_the_pool() -> Result<&'static str> {
    tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(1))).await?;
    Ok("done")
}

/// As `reqwest::blocking` does: a runtime of its own, which is dropped where blocking has to be allowed.
#[get("/runtime", middleware = [sync_one("a"), sync_one("b")])]
fn has_a_runtime() -> Result<&'static str> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(sleep(Duration::from_millis(1)));
    Ok("done")
}

#[get("/panics", middleware = [sync_one("a"), async_one("b"), sync_one("c")])]
fn panics() -> &'static str {
    panic!("sync secret")
}

#[middleware_factory]
async fn misplaced(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
}

#[get("/misplaced", middleware = [misplaced()])]
async fn inside_misplaced() -> &'static str {
    "done"
}

#[lambda_function]
fn waits(_event: Value, running: State<Running>) -> usize {
    let now = running.0.0.fetch_add(1, Ordering::SeqCst) + 1;
    std::thread::sleep(Duration::from_millis(5));
    running.0.0.fetch_sub(1, Ordering::SeqCst);
    now
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn multi_thread() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn client() -> TestClient {
    TestClient::new(app!("sync").manage(Running(AtomicUsize::new(0))))
}

/// Awaits what would never come if threads waited for each other.
async fn in_time<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(60), future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

async fn passes(client: TestClient, path: &'static str, passed: &'static str) {
    let response = client.get(path).send().await;
    assert_eq!((response.status().as_u16(), response.text().as_ref()), (200, "done"), "{path}");
    assert_eq!(response.headers()["x-passed"], passed, "{path}");
}

const PATHS: [(&str, &str); 8] = [
    ("/sync/sync", "c, b, a"),
    ("/sync/async", "c, b, a"),
    ("/async/sync", "c, b, a"),
    ("/async/async", "c, b, a"),
    ("/turns", "d, c, b, a"),
    ("/turns/async", "d, c, b, a"),
    ("/pool", "a"),
    ("/runtime", "b, a"),
];

#[test]
fn every_combination_works_on_every_runtime() {
    for runtime in [current_thread(), multi_thread()] {
        let client = client();
        for (path, passed) in PATHS {
            runtime.block_on(in_time(path, passes(client, path, passed)));
            // Within a task there is a worker thread to free, within `block_on` there is none.
            runtime.block_on(async move {
                tokio::spawn(in_time(path, passes(client, path, passed))).await.unwrap()
            });
        }
    }
}

#[test]
fn load_is_served_without_threads_that_wait_for_each_other() {
    for runtime in [current_thread(), multi_thread()] {
        let client = client();
        for (path, passed) in PATHS {
            runtime.block_on(async move {
                let mut requests = JoinSet::new();
                for _ in 0..LOAD {
                    requests.spawn(passes(client, path, passed));
                }
                in_time(path, requests.join_all()).await;
            });
        }
    }
}

#[test]
fn blocking_code_does_not_stop_the_runtime() {
    let runtime = current_thread();
    let client = client();
    runtime.block_on(async move {
        let mut calls = JoinSet::new();
        for _ in 0..20 {
            calls.spawn(async move { client.invoke("waits", &json!({})).await.unwrap() });
        }
        let most = calls.join_all().await.iter().filter_map(Value::as_u64).max();
        assert!(most > Some(1), "handlers that block run one after the other");
    });
}

#[test]
fn a_panic_is_one_of_its_invocation_only() {
    for runtime in [current_thread(), multi_thread()] {
        let client = client();
        runtime.block_on(async move {
            let mut requests = JoinSet::new();
            for _ in 0..50 {
                requests.spawn(async move { client.get("/panics").send().await });
            }
            for response in requests.join_all().await {
                assert_eq!(response.status(), 500);
                assert_eq!(response.headers()["x-passed"], "c, b, a");
                assert!(!response.text().contains("secret"));
            }
            passes(client, "/sync/sync", "c, b, a").await;
        });
    }
}

#[test]
fn an_async_middleware_that_blocks_is_told() {
    for runtime in [current_thread(), multi_thread()] {
        let client = TestClient::new(app!("sync").manage(Running(AtomicUsize::new(0))).debug(true));
        let response = runtime.block_on(async move { client.get("/misplaced").send().await });
        assert_eq!(response.status(), 500);
        assert!(
            response.text().contains("`run_blocking`") && response.text().contains("async"),
            "{}",
            response.text()
        );
    }
}

#[test]
fn an_invocation_that_is_given_up_leaves_nothing_behind() {
    let runtime = current_thread();
    let client = client();
    let finished = Arc::new(AtomicUsize::new(0));
    runtime.block_on(async {
        for _ in 0..LOAD {
            let given_up = timeout(Duration::from_micros(200), client.get("/sync/sync").send()).await;
            finished.fetch_add(usize::from(given_up.is_ok()), Ordering::SeqCst);
        }
        in_time("the request after", passes(client, "/sync/sync", "c, b, a")).await;
    });
}
