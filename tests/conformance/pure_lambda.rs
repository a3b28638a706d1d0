//! Functions that take a payload of any shape and answer with any value: as recorded from Chalice 1.34.0.

use std::collections::BTreeMap;

use chalice_rt::prelude::*;
use harness::{Differences, trace};
use serde::{Deserialize, Serialize};

mod harness;

#[derive(Deserialize)]
struct Purchase {
    order: Order,
}

#[derive(Deserialize)]
struct Order {
    id: String,
    lines: Vec<Line>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Line {
    name: String,
    price: u32,
    count: u32,
}

#[derive(Serialize)]
struct Total {
    order: String,
    total: u32,
    names: Vec<String>,
    first: Option<Line>,
}

#[derive(Deserialize)]
struct Failing {
    why: String,
}

#[middleware("pure_lambda")]
async fn look(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    trace("in");
    let response = next.run(event).await.inspect_err(|error| trace(format!("failed: {error}")))?;
    trace("out");
    Ok(response)
}

#[lambda_function]
async fn echo(event: Value, _context: Context) -> Value {
    event
}

#[lambda_function(name = "another-name")]
async fn renamed(_event: Value, _context: Context) -> Value {
    json!({"renamed": true})
}

#[lambda_function]
async fn nothing(_event: Value) {}

#[lambda_function]
async fn total(event: Purchase) -> Total {
    let Order { id, lines } = event.order;
    Total {
        order: id,
        total: lines.iter().map(|line| line.price * line.count).sum(),
        names: lines.iter().map(|line| line.name.clone()).collect(),
        first: lines.into_iter().next(),
    }
}

#[lambda_function]
async fn fails(event: Failing) -> Result<()> {
    Err(format!("it failed: {}", event.why).into())
}

#[lambda_function]
async fn flip(event: BTreeMap<String, String>) -> BTreeMap<&'static str, BTreeMap<String, String>> {
    BTreeMap::from([("flipped", event.into_iter().map(|(key, value)| (value, key)).collect())])
}

#[test]
fn pure_lambda() {
    let differences = Differences { renamed: &[("renamed", "another-name")], ..Differences::default() };
    harness::check_with("pure_lambda", app!("pure-lambda"), &differences);
}
