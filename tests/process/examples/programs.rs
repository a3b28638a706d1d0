//! Each example does what its header says, seen from outside: over HTTP, as a function, by its commands.

use hyper::{Request, StatusCode};
use serde_json::{Value, json};

use super::support::events::{rest, sns};
use super::support::process::Process;
use super::support::runtime_api::{Outcome, RuntimeApi};
use super::{command, connected};

/// The answer to an event, or the error, as `invoke` prints them.
async fn invoke(name: &str, handler: &str, event: &Value) -> Result<Value, Value> {
    let done = command(name, &["invoke", handler, "--event", "-"], &event.to_string()).await;
    match done.code {
        Some(0) => Ok(serde_json::from_str(&done.stdout).expect("JSON")),
        _ => Err(serde_json::from_str(done.stderr.lines().last().unwrap_or_default()).expect("JSON")),
    }
}

#[tokio::test]
async fn quick_start_logs_before_and_after_each_invocation_of_either_kind() {
    let api = RuntimeApi::start().await;
    let function = Process::start(api.function("quick_start"));
    let answer = api.invoke(&rest("GET", "/")).await.answer();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!(r#"{"hello":"world"}"#)));
    assert_eq!(api.invoke(&sns("mytopic", "m")).await.answer(), Value::Null);
    function.stdout.at_least("After calling", 2).await;
    let said: Vec<String> = function.stdout.lines();
    let said: Vec<&str> = said
        .iter()
        .filter_map(|line| line.split_whitespace().find(|word| matches!(*word, "Before" | "After")))
        .collect();
    assert_eq!(said, ["Before", "After", "Before", "After"]);
}

#[tokio::test]
async fn chains_runs_in_the_order_written_around_sync_and_async_handlers() {
    let (server, mut connection) = connected("chains").await;
    let around = ["middleware 1: A", "middleware 2: C", "middleware 2: D", "middleware 1: B"];
    for (turn, (path, foo)) in [("/", true), ("/sync", true), ("/plain", false)].into_iter().enumerate() {
        let reply = connection.get(path).await;
        assert_eq!((reply.status, reply.body.as_ref()), (StatusCode::OK, &b"OK"[..]), "{path}");
        assert_eq!(reply.headers["x-example"], "yes");
        assert_eq!(reply.headers.get("x-foo").map(|value| value == "Foo"), foo.then_some(true), "{path}");
        server.stdout.at_least("middleware 1: B", turn + 1).await;
    }
    let lines: Vec<String> =
        server.stdout.lines().into_iter().filter(|line| line.starts_with("middleware")).collect();
    assert_eq!(lines, around.repeat(3));
}

#[tokio::test]
async fn error_handling_shows_each_error_as_its_header_says() {
    let caught = invoke("error_handling", "raising", &json!({})).await;
    assert_eq!(caught, Ok(json!({"Error": "MyCustomError", "Message": "Raising an error."})));
    let escaped = invoke("error_handling", "escaping", &json!({})).await.expect_err("it fails");
    assert_eq!(escaped["errorMessage"], "nobody catches this");
    let (_server, mut connection) = connected("error_handling").await;
    for (path, status, body) in [
        ("/", 500, json!({"Code": "InternalServerError", "Message": "An internal server error occurred."})),
        ("/missing/7", 404, json!({"Code": "NotFoundError", "Message": "no item 7"})),
        ("/forbidden", 403, json!({"Code": "ForbiddenError", "Message": "not you"})),
    ] {
        let reply = connection.get(path).await;
        assert_eq!((reply.status.as_u16(), reply.json()), (status, body), "{path}");
    }
    let text = connection.get("/error").await;
    assert_eq!((text.status.as_u16(), text.body.as_ref()), (500, &b"Raising an error."[..]));
    assert_eq!(text.headers["content-type"], "text/plain");
}

#[tokio::test]
async fn factory_obfuscates_before_and_marks_after() {
    let event = json!({"name": "Ada", "email": "ada@example.org"});
    let answer = invoke("factory", "lambda_handler", &event).await;
    assert_eq!(answer, Ok(json!({"name": "Ada", "email": "***************", "audited": true})));
}

#[tokio::test]
async fn layers_surround_what_is_in_them_and_nothing_else() {
    let (_server, mut connection) = connected("layers").await;
    for (path, calls) in [
        ("/router/controller/handler", json!([0, 1, 2, 3, 4, 5, 6, 7])),
        ("/router/other", json!([0, 1, 2, 3])),
        ("/top", json!([0, 1])),
    ] {
        assert_eq!(connection.get(path).await.json(), calls, "{path}");
    }
    let missing = connection.get("/router/nothing-here").await;
    assert_eq!((missing.status.as_u16(), &missing.headers["x-calls"]), (404, &"[0,1]".parse().unwrap()));
    let refused = connection.send(Request::put("/top"), "").await;
    assert_eq!((refused.status.as_u16(), &refused.headers["x-calls"]), (405, &"[0,1]".parse().unwrap()));
    assert_eq!(refused.headers["allow"], "GET");
}

#[tokio::test]
async fn patterns_stops_a_request_without_its_header_before_the_handler() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.function("patterns"));
    let refused = answer(&api.invoke(&rest("GET", "/")).await);
    assert_eq!(refused, (json!(400), json!({"Error": "Missing required 'X-Custom-Header'"})));
    let mut event = rest("GET", "/");
    event["multiValueHeaders"]["X-Custom-Header"] = json!(["1"]);
    assert_eq!(answer(&api.invoke(&event).await), (json!(200), json!({"hello": "world"})));
}

#[tokio::test]
async fn patterns_changes_what_a_function_answers() {
    let api = RuntimeApi::start().await;
    let _function = api.start_handler("patterns", "myfunction");
    let answer = api.invoke(&json!({"n": 1})).await.answer();
    assert!(answer["n"] == 1 && answer["metadata"]["duration"].is_f64(), "{answer}");
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(2));
}

#[tokio::test]
async fn patterns_has_a_type_and_a_converted_layer_that_see_every_invocation_once() {
    let api = RuntimeApi::start().await;
    let _function = api.start_handler("patterns", "counts");
    for n in 1..=3 {
        let answer = api.invoke(&json!(null)).await.answer();
        assert_eq!((&answer["count"], &answer["wrapped"]), (&json!(n), &json!(n)));
    }
}

/// The status and the body of a response.
fn answer(outcome: &Outcome) -> (Value, Value) {
    let answer = outcome.answer();
    (
        answer["statusCode"].clone(),
        serde_json::from_str(answer["body"].as_str().expect("a text")).expect("JSON"),
    )
}
