//! From an event's bytes to the answer's bytes: 100 routes, and what each middleware adds.
//!
//! `cargo bench -p perf-bench` does the same beside `lambda_http` and axum, for 1 to 1000 routes.

mod harness;
#[path = "../perf/ours/src/routes.rs"]
mod routes;

use chalice_rt::convert::ConvertToMiddleware;
use chalice_rt::prelude::*;
use harness::{Operation, measure};
use tokio::runtime::Builder;

const EVENTS: [(&str, &str); 3] = [
    ("REST", include_str!("../perf/events/hello-v1.json")),
    ("HTTP API", include_str!("../perf/events/hello-v2.json")),
    ("load balancer", include_str!("../perf/events/hello-alb.json")),
];

async fn function(request: Request, next: Next<Request>) -> Result<Response> {
    routes::seen();
    next.run(request).await
}

struct Type;

impl Middleware<Request> for Type {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        routes::seen();
        next.run(request).await
    }
}

#[middleware_factory]
async fn factory(request: Request, next: Next<Request>, _word: &str) -> Result<Response> {
    routes::seen();
    next.run(request).await
}

fn sync(request: Request, next: Next<Request>) -> Result<Response> {
    routes::seen();
    next.run_blocking(request)
}

/// Sends the event to the app, on a runtime that is as `run` would start it.
fn operation(name: String, app: App, event: &str, blocks: bool) -> Operation {
    let mut runtime = if blocks { Builder::new_multi_thread() } else { Builder::new_current_thread() };
    let runtime = runtime.worker_threads(1).build().expect("a runtime");
    let client = TestClient::new(app);
    let event = Bytes::from(event.replace("\"/hello\"", "\"/users/42/r99\""));
    let send =
        move || runtime.block_on(client.send_bytes(event.clone(), Context::default())).expect("an answer");
    let answer = String::from_utf8(send().to_vec()).expect("text");
    assert!(answer.contains(r#"{\"id\":\"42\",\"route\":99}"#), "{answer}");
    Operation::new(name, move || drop(send()))
}

fn with(app: App, count: usize, add: impl Fn(App) -> App) -> App {
    (0..count).fold(app, |app, _| add(app))
}

fn main() {
    let function = |app: App| app.register_middleware(function, Http);
    let mut operations = Vec::new();
    for (kind, event) in EVENTS {
        for count in [0, 3] {
            let app = with(app!(), count, function);
            operations.push(operation(format!("{kind}, {count} middleware"), app, event, false));
        }
    }
    let event = EVENTS[0].1;
    let mut add = |form: &str, app: App, blocks| {
        operations.push(operation(format!("REST, 10 middleware: {form}"), app, event, blocks));
    };
    add("functions", with(app!(), 10, function), false);
    add("types", with(app!(), 10, |app| app.register_middleware(Type, Http)), false);
    add("calls of a factory", with(app!(), 10, |app| app.register_middleware(factory("word"), Http)), false);
    let layer = || ConvertToMiddleware::http(tower::layer::util::Identity::new());
    add("converted layers", with(app!(), 10, |app| app.register_middleware(layer(), Http)), false);
    add("sync functions", with(app!(), 10, |app| app.register_middleware(blocking(sync), Http)), true);
    let Some(costs) = measure(operations) else { return };
    let (base, tens) = (&costs[0], &costs[EVENTS.len() * 2..]);
    println!("\n| one more middleware | instructions | allocations | ns |\n|---|---|---|---|");
    for cost in tens {
        let instructions = cost.instructions.zip(base.instructions);
        let instructions =
            instructions.map_or("-".to_owned(), |(ten, none)| (ten.saturating_sub(none) / 10).to_string());
        let allocations = cost.allocations.saturating_sub(base.allocations) as f64 / 10.0;
        println!(
            "| {} | {instructions} | {allocations} | {:.0} |",
            cost.name,
            (cost.nanoseconds - base.nanoseconds) / 10.0
        );
    }
}
