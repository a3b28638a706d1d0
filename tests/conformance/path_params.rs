//! Path parameters: as recorded from Chalice 1.34.0.

#![expect(clippy::needless_pass_by_value, reason = "a handler that is not async owns its arguments too")]

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("http")]
fn look(request: Request, next: Next<Request>) -> Result<Response> {
    let mut names: Vec<&str> = request.path_params().map(|(name, _)| name).collect();
    names.sort_unstable();
    trace(format!("params {}", names.join(",")));
    next.run_blocking(request)
}

#[route("/p/{a}")]
fn one(a: String) -> Value {
    json!({"a": a, "length": a.chars().count()})
}

#[route("/p/{a}/{b}")]
fn two(b: String, a: String) -> Value {
    json!({"a": a, "b": b})
}

#[route("/sum/{x}/plus/{y}")]
fn add(x: i64, y: i64) -> Value {
    json!({"sum": x + y})
}

#[route("/none")]
fn none() -> Value {
    json!({"a": null})
}

#[route("/under/{snake_case_9}")]
fn under(snake_case_9: String) -> Value {
    json!({"value": snake_case_9})
}

#[test]
fn path_params() {
    harness::check("path_params", app!("path-params"));
}
