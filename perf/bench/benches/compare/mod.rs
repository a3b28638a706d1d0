//! Ours beside `lambda_http` and axum doing the same: an event's bytes in, the answer's bytes out.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::{Path, Request as AxumRequest};
use axum::middleware::{Next as AxumNext, from_fn};
use axum::routing::get;
use axum::{Json as AxumJson, Router};
use chalice_rt::prelude::*;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, LambdaEvent};
use tower::Service;

use crate::harness::{Cost, Operation, measure};

const EVENTS: [(&str, &str); 3] = [
    ("REST", include_str!("../../../events/hello-v1.json")),
    ("HTTP API", include_str!("../../../events/hello-v2.json")),
    ("load balancer", include_str!("../../../events/hello-alb.json")),
];

static SEEN: AtomicUsize = AtomicUsize::new(0);

/// What all routes answer.
#[derive(serde::Serialize)]
pub struct Out {
    pub id: String,
    pub route: usize,
}

/// Measures both, and prints the ratios.
pub fn compare(count: usize, app: fn() -> App) {
    let mut cases = vec![(EVENTS[0], 0), (EVENTS[0], 1), (EVENTS[0], 3), (EVENTS[0], 10)];
    if count == 100 {
        cases.extend([(EVENTS[1], 3), (EVENTS[2], 3)]);
    }
    let mut operations = Vec::new();
    for ((kind, event), middleware) in cases {
        let event = event.replace("\"/hello\"", &format!("\"/users/42/r{}\"", count - 1));
        let name = format!("{kind}, {count} routes, {middleware} middleware");
        let app = (0..middleware).fold(app(), |app, _| app.register_middleware(ours, Http));
        operations.push(checked(format!("{name}: ours"), our_dispatch(app, event.clone())));
        operations.push(checked(format!("{name}: peer"), peer_dispatch(router(count, middleware), event)));
    }
    if let Some(costs) = measure(operations) {
        print_ratios(&costs);
    }
}

async fn ours(request: Request, next: Next<Request>) -> Result<Response> {
    SEEN.fetch_add(1, Ordering::Relaxed);
    next.run(request).await
}

async fn peers(request: AxumRequest, next: AxumNext) -> axum::response::Response {
    SEEN.fetch_add(1, Ordering::Relaxed);
    next.run(request).await
}

fn checked(name: String, mut dispatch: impl FnMut() -> Vec<u8> + 'static) -> Operation {
    let answer = String::from_utf8(dispatch()).expect("text");
    assert!(answer.contains(r#"{\"id\":\"42\",\"route\":"#), "{name}: {answer}");
    Operation::new(name, move || drop(dispatch()))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}

fn our_dispatch(app: App, event: String) -> impl FnMut() -> Vec<u8> {
    let (client, event, runtime) = (TestClient::new(app), Bytes::from(event), runtime());
    move || {
        let answer = client.send_bytes(event.clone(), Context::default());
        runtime.block_on(answer).expect("an answer").into()
    }
}

/// As `lambda_runtime` calls it: serde_json under serde_path_to_error, the adapter, serde_json.
fn peer_dispatch(router: Router, event: String) -> impl FnMut() -> Vec<u8> {
    let (mut adapter, runtime) = (Adapter::from(router), runtime());
    move || {
        let mut json = serde_json::Deserializer::from_slice(event.as_bytes());
        let payload: LambdaRequest = serde_path_to_error::deserialize(&mut json).expect("a request");
        let call = adapter.call(LambdaEvent { payload, context: lambda_http::Context::default() });
        serde_json::to_vec(&done(&runtime, call)).expect("JSON")
    }
}

fn done<T, E>(runtime: &tokio::runtime::Runtime, call: impl Future<Output = Result<T, E>>) -> T {
    runtime.block_on(call).unwrap_or_else(|_| panic!("no answer"))
}

fn router(count: usize, middleware: usize) -> Router {
    let mut router = Router::new();
    for route in 0..count {
        router = if route % 2 == 1 || count == 1 {
            let handler = get(move |Path(id): Path<String>| async move { AxumJson(Out { id, route }) });
            router.route(&format!("/users/{{id}}/r{route}"), handler)
        } else {
            let handler = get(move || async move { AxumJson(Out { id: String::new(), route }) });
            router.route(&format!("/static/r{route}"), handler)
        };
    }
    (0..middleware).fold(router, |router, _| router.layer(from_fn(peers)))
}

fn print_ratios(costs: &[Cost]) {
    println!("\n| ours over peer | instructions | allocations | ns |\n|---|---|---|---|");
    for pair in costs.chunks_exact(2) {
        let [ours, peer] = pair else { continue };
        let instructions = ours.instructions.zip(peer.instructions);
        let instructions =
            instructions.map_or("-".to_owned(), |(ours, peer)| format!("{:.3}", ours as f64 / peer as f64));
        let allocations = format!("{} / {}", ours.allocations, peer.allocations);
        let time = ours.nanoseconds / peer.nanoseconds;
        println!("| {} | {instructions} | {allocations} | {time:.3} |", ours.name.trim_end_matches(": ours"));
    }
}
