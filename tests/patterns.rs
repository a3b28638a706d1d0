//! The example `patterns` as a Lambda function: what its header says.

mod support;

use serde_json::{Value, json};
use support::events::rest;
use support::runtime_api::{Outcome, RuntimeApi};

fn answer(outcome: &Outcome) -> (Value, Value) {
    let answer = outcome.answer();
    (
        answer["statusCode"].clone(),
        serde_json::from_str(answer["body"].as_str().expect("a text")).expect("JSON"),
    )
}

#[tokio::test]
async fn a_request_without_its_header_never_reaches_the_handler() {
    let api = RuntimeApi::start().await;
    let _function = support::process::Process::start(api.function("patterns"));
    let refused = answer(&api.invoke(&rest("GET", "/")).await);
    assert_eq!(refused, (json!(400), json!({"Error": "Missing required 'X-Custom-Header'"})));
    let mut event = rest("GET", "/");
    event["multiValueHeaders"]["X-Custom-Header"] = json!(["1"]);
    assert_eq!(answer(&api.invoke(&event).await), (json!(200), json!({"hello": "world"})));
}

#[tokio::test]
async fn a_middleware_changes_what_a_function_answers() {
    let api = RuntimeApi::start().await;
    let _function = api.start_handler("patterns", "myfunction");
    let answer = api.invoke(&json!({"n": 1})).await.answer();
    assert!(answer["n"] == 1 && answer["metadata"]["duration"].is_f64(), "{answer}");
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(2));
}

#[tokio::test]
async fn a_type_and_a_converted_layer_see_every_invocation_once() {
    let api = RuntimeApi::start().await;
    let _function = api.start_handler("patterns", "counts");
    for n in 1..=3 {
        let answer = api.invoke(&json!(null)).await.answer();
        assert_eq!((&answer["count"], &answer["wrapped"]), (&json!(n), &json!(n)));
    }
}
