//! How often an invocation allocates. Counts, not times: they are the same on every machine.

#[path = "../../perf/ours/src/routes.rs"]
mod routes;

use chalice_rt::prelude::*;
use tokio::runtime::{Builder, Runtime};

const EVENT: &str = include_str!("../../perf/events/hello-v1.json");

/// What an invocation with 100 routes and three middleware may allocate: what it did when this was written, and one more.
const MOST: u64 = 13;

async fn pass(request: Request, next: Next<Request>) -> Result<Response> {
    routes::seen();
    next.run(request).await
}

/// The allocations of one invocation, once everything that is kept between invocations is there.
fn allocations(middleware: usize) -> u64 {
    let app = (0..middleware).fold(app!(), |app, _| app.register_middleware(pass, Http));
    let client = TestClient::new(app);
    let runtime: Runtime = Builder::new_current_thread().build().expect("a runtime");
    let event = Bytes::from(EVENT.replace("\"/hello\"", "\"/users/42/r99\""));
    let send = || runtime.block_on(client.send_bytes(event.clone(), Context::default()));
    for _ in 0..3 {
        let answer = send().expect("an answer");
        assert!(answer.windows(2).any(|text| text == b"42"), "{answer:?}");
    }
    allocation_counter::measure(|| drop(send())).count_total
}

#[test]
fn an_invocation_allocates_little_and_a_middleware_nothing() {
    let three = allocations(3);
    assert!(three <= MOST, "{three} allocations");
    assert_eq!(allocations(13), three);
}
