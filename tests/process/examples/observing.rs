//! The example `observing` as a Lambda function: what its log lines carry.

use serde_json::{Value, json};

use super::support::events::rest;
use super::support::process::{Output, Process};
use super::support::runtime_api::{Outcome, RuntimeApi};

/// The lines of an invocation, as JSON.
async fn lines_of(output: &Output, id: &str, count: usize) -> Vec<Value> {
    output.at_least(id, count).await;
    let lines = output.lines().into_iter().filter(|line| line.contains(id));
    lines.map(|line| serde_json::from_str(&line).expect("a JSON line")).collect()
}

fn json_function(api: &RuntimeApi) -> Process {
    let mut command = api.function("observing");
    command.env("AWS_LAMBDA_LOG_FORMAT", "JSON").env("AWS_LAMBDA_FUNCTION_NAME", "orders-prod");
    Process::start(command)
}

#[tokio::test]
async fn every_line_carries_what_lambda_says_and_what_was_appended() {
    let api = RuntimeApi::start().await;
    let function = json_function(&api);
    api.invoke(&rest("GET", "/orders/7")).await;
    let lines = lines_of(&function.stdout, &api.last_id(), 3).await;
    let messages: Vec<&str> = lines.iter().filter_map(|line| line["message"].as_str()).collect();
    assert_eq!(messages, ["invocation", "looking for the order", "invocation done"]);
    for line in &lines {
        assert_eq!(line["fields"]["function_name"], "orders-prod", "{line}");
        assert_eq!(
            (&line["fields"]["cold_start"], &line["fields"]["function_request_id"]),
            (&json!(true), &json!(api.last_id()))
        );
    }
    assert_eq!(lines[0]["fields"].get("request_path"), None);
    assert_eq!(lines[1]["fields"]["request_path"], "/orders/7");
    assert_eq!(lines[1]["fields"]["request_route"], "/orders/{id}");
    assert!(lines[1]["spans"][0].as_str().is_some_and(|span| span.starts_with("## order{")), "{}", lines[1]);
    assert!(
        lines[2]["fields"]["duration_ms"]
            .to_string()
            .split('.')
            .next_back()
            .is_some_and(|decimals| decimals.len() <= 3)
            && lines[2]["fields"]["handler"] == "order",
        "{}",
        lines[2]
    );
    assert_eq!((&lines[2]["fields"]["status"], &lines[2]["fields"]["kind"]), (&json!(200), &json!("http")));
}

#[tokio::test]
async fn a_request_that_its_route_refuses_is_logged_under_the_name_of_its_handler() {
    let api = RuntimeApi::start().await;
    let function = json_function(&api);
    let mut event = rest("GET", "/orders/7");
    event["headers"] = json!({"content-type": "text/csv"});
    event["multiValueHeaders"] = json!({"content-type": ["text/csv"]});
    event["body"] = "a,b".into();
    assert_eq!(api.invoke(&event).await.answer()["statusCode"], 415);
    let lines = lines_of(&function.stdout, &api.last_id(), 2).await;
    assert_eq!(
        (&lines[1]["fields"]["status"], &lines[1]["fields"]["handler"]),
        (&json!(415), &json!("order"))
    );
}

#[tokio::test]
async fn the_next_invocation_begins_without_what_was_appended() {
    let api = RuntimeApi::start().await;
    let function = json_function(&api);
    api.invoke(&rest("GET", "/orders/7")).await;
    let first = api.last_id();
    lines_of(&function.stdout, &first, 3).await;
    assert_eq!(api.invoke(&json!([1, 2])).await.answer(), 2, "the only function takes what has no shape");
    let request = json!({"password": "secret", "headers": {"authorization": "Bearer secret"}});
    let mut event = rest("GET", "/orders/8");
    event["body"] = request.to_string().into();
    api.invoke(&event).await;
    let lines = lines_of(&function.stdout, &api.last_id(), 3).await;
    assert!(lines.iter().all(|line| line["fields"]["cold_start"] == false), "{lines:#?}");
    let event = lines[0]["fields"]["event"].as_str().expect("the event");
    assert!(event.contains("/orders/8") && !event.contains("secret"), "{event}");
}

#[tokio::test]
async fn the_trace_id_is_on_every_line_of_a_function_that_is_named() {
    let api = RuntimeApi::start().await;
    let function = api.start_handler("observing", "count");
    assert_eq!(api.invoke(&json!([1, 2])).await.answer(), 2);
    let line = function.stdout.line("counting").await;
    assert!(
        line.contains(r#"xray_trace_id="Root=1-5bef4de7-"#) && line.contains("cold_start=true"),
        "{line}"
    );
    let line = function.stdout.line("invocation done").await;
    assert!(line.contains(r#"handler="count" kind="pure_lambda""#), "{line}");
}

#[tokio::test]
async fn the_variable_of_powertools_adds_spans_around_middleware() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("observing");
    command.env("POWERTOOLS_TRACE_MIDDLEWARES", "true");
    let function = Process::start(command);
    api.invoke(&rest("GET", "/orders/7")).await;
    let line = function.stdout.line("looking for the order").await;
    assert!(line.contains("## inject_route_info{") && line.contains("## order{"), "{line}");

    let api = RuntimeApi::start().await;
    let mut command = api.function("observing");
    command.env("POWERTOOLS_TRACE_MIDDLEWARES", "perhaps");
    let _function = Process::start(command);
    let error = api.init_error().await;
    assert!(error["errorMessage"].as_str().is_some_and(|text| text.contains("`perhaps`")), "{error}");
}

#[tokio::test]
async fn a_payload_that_does_not_fit_has_an_error_type_that_step_functions_can_catch() {
    let api = RuntimeApi::start().await;
    let _function = api.start_handler("observing", "count");
    let outcome = api.invoke(&json!({"no": "list"})).await;
    let Outcome::Error { header, body } = &outcome else { panic!("an answer") };
    assert_eq!((header.as_str(), &body["errorType"]), ("PayloadError", &json!("PayloadError")));
}
