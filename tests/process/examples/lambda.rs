//! The examples as Lambda functions: processes on a fake Runtime API.

use serde_json::{Value, json};

use super::support::events::{rest, sns};
use super::support::process::Process;
use super::support::runtime_api::{Invocation, Outcome, RuntimeApi};

fn body(outcome: &Outcome) -> Value {
    let answer = outcome.answer();
    serde_json::from_str(answer["body"].as_str().expect("a text")).expect("JSON")
}

#[tokio::test]
async fn quick_start_answers_http_and_sns_by_the_shape_of_the_event() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.function("quick_start"));
    let answer = api.invoke(&rest("GET", "/")).await;
    assert_eq!(
        (answer.answer()["statusCode"].as_u64(), body(&answer)),
        (Some(200), json!({"hello": "world"}))
    );
    assert_eq!(api.invoke(&sns("mytopic", "hi")).await.answer(), Value::Null);
}

#[tokio::test]
async fn each_invocation_logs_before_and_after_once_with_its_request_id() {
    let api = RuntimeApi::start().await;
    let function = Process::start(api.function("quick_start"));
    for event in [rest("GET", "/"), sns("mytopic", "hi")] {
        api.invoke(&event).await;
        function.stdout.line(&api.last_id()).await;
    }
    function.stdout.at_least("After calling my main Lambda function.", 2).await;
    let lines = function.stdout.lines();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    for (line, words) in lines.iter().zip(["Before", "After", "Before", "After"]) {
        assert!(
            line.contains(words) && line.contains("requestId=8476a536") && !line.contains('\u{1b}'),
            "{line}"
        );
    }
}

#[tokio::test]
async fn json_logs_have_the_names_that_lambda_knows() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("quick_start");
    command.env("AWS_LAMBDA_LOG_FORMAT", "JSON").env("AWS_LAMBDA_LOG_LEVEL", "DEBUG").env("RUST_LOG", "off");
    let function = Process::start(command);
    api.invoke(&rest("GET", "/")).await;
    let line = function.stdout.line("Before calling").await;
    let line: Value = serde_json::from_str(&line).expect("a JSON line");
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["message"], "Before calling my main Lambda function.");
    assert_eq!(line["requestId"], api.last_id());
    assert_eq!(line["target"], "quick_start");
    assert!(line["timestamp"].as_str().is_some_and(|time| time.ends_with('Z')), "{line}");
}

#[tokio::test]
async fn the_log_level_of_lambda_goes_before_rust_log() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("quick_start");
    command.env("AWS_LAMBDA_LOG_LEVEL", "ERROR").env("RUST_LOG", "trace");
    let function = Process::start(command);
    api.invoke(&rest("GET", "/")).await;
    api.invoke(&json!({"unknown": 1})).await;
    let line = function.stdout.line("the invocation failed").await;
    assert!(line.contains(&api.last_id()), "{line}");
    assert_eq!(function.stdout.lines().len(), 1, "{:#?}", function.stdout.lines());
}

#[tokio::test]
async fn a_handler_is_named_by_handler_with_or_without_a_module() {
    for handler in ["raising", "anything.raising"] {
        let api = RuntimeApi::start().await;
        let _function = api.start_handler("error_handling", handler);
        let answer = api.invoke(&json!({"any": "payload"})).await.answer();
        assert_eq!(answer, json!({"Error": "MyCustomError", "Message": "Raising an error."}));
    }
}

#[tokio::test]
async fn an_error_is_given_back_in_the_shape_that_lambda_shows() {
    let api = RuntimeApi::start().await;
    let _function = api.start_handler("error_handling", "escaping");
    let Outcome::Error { header, body } = api.invoke(&json!({})).await else { panic!("an answer") };
    assert_eq!(body, json!({"errorType": "Error", "errorMessage": "nobody catches this", "stackTrace": []}));
    assert_eq!(header, "Error");
}

#[tokio::test]
async fn the_errors_of_routes_are_answers() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.function("error_handling"));
    for (path, status, text) in [
        ("/", 500, r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#),
        ("/error", 500, "Raising an error."),
        ("/missing/7", 404, r#"{"Code":"NotFoundError","Message":"no item 7"}"#),
        ("/forbidden", 403, r#"{"Code":"ForbiddenError","Message":"not you"}"#),
    ] {
        let answer = api.invoke(&rest("GET", path)).await.answer();
        assert_eq!(
            (answer["statusCode"].as_u64(), answer["body"].as_str()),
            (Some(status), Some(text)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn good_invocations_follow_bad_ones_and_no_payload_is_told() {
    let api = RuntimeApi::start().await;
    let function = Process::start(api.function("quick_start"));
    let bad = [
        "no JSON, pa55word",
        "",
        "null",
        r#"["pa55word"]"#,
        r#"{"key": "pa55word"}"#,
        r#"{"Records": [{"EventSource": "aws:sns", "Sns": {"Message": "pa55word"}}]}"#,
        r#"{"Records": [{"EventSource": "aws:sns", "Sns": "pa55word"}]}"#,
        r#"{"httpMethod": {"GET": 1}, "path": "pa55word", "requestContext": {"stage": "pa55word"}}"#,
        "\u{0}\u{1}",
    ];
    for event in bad {
        let outcome = api.send(Invocation::new(event)).await;
        let error = outcome.error();
        assert!(error["errorMessage"].as_str().is_some_and(|text| !text.is_empty()), "{event}: {error}");
        assert!(!error.to_string().contains("pa55word"), "{event}: {error}");
        assert_eq!(body(&api.invoke(&rest("GET", "/")).await), json!({"hello": "world"}), "after {event}");
    }
    function.stdout.at_least("After calling", bad.len()).await;
    let told = function.stdout.text() + &function.stderr.text();
    assert!(!told.contains("pa55word"), "{told}");
}

#[tokio::test]
async fn one_process_serves_thousands_of_invocations_over_one_connection() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("quick_start");
    command.env("AWS_LAMBDA_LOG_LEVEL", "ERROR");
    let _function = Process::start(command);
    for count in 0..3000 {
        let event = if count % 2 == 0 { rest("GET", "/") } else { sns("mytopic", "hi") };
        api.invoke(&event).await.answer();
    }
    assert_eq!(api.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_was_closed_is_opened_again() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.function("quick_start"));
    for _ in 0..3 {
        let outcome = api.send(Invocation::new(rest("GET", "/").to_string()).close()).await;
        assert_eq!(body(&outcome), json!({"hello": "world"}));
    }
}

#[tokio::test]
async fn an_emulator_may_have_its_api_below_a_path() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("quick_start");
    command.env("AWS_LAMBDA_RUNTIME_API", format!("http://{}/.rt", api.address));
    let _function = Process::start(command);
    assert_eq!(body(&api.invoke(&rest("GET", "/")).await), json!({"hello": "world"}));
}

#[tokio::test]
async fn as_many_invocations_run_at_once_as_lambda_wants() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("quick_start");
    command.env("AWS_LAMBDA_MAX_CONCURRENCY", "4");
    let mut function = Process::start(command);
    api.idle(4).await;
    let outcomes: Vec<_> =
        (0..40).map(|_| api.queue(Invocation::new(rest("GET", "/").to_string()))).collect();
    for outcome in outcomes {
        assert_eq!(body(&outcome.await.expect("an outcome")), json!({"hello": "world"}));
    }
    assert_eq!(api.connections(), 4);
    function.signal("TERM");
    assert!(function.ended().await.success());
}

#[tokio::test]
async fn an_unknown_handler_is_an_init_error_that_lists_the_names() {
    let api = RuntimeApi::start().await;
    let mut function = api.start_handler("quick_start", "sns_handlr");
    let error = api.init_error().await;
    let text = error["errorMessage"].as_str().expect("a text");
    assert!(
        text.contains("`sns_handlr`") && text.contains("sns_handler") && text.contains("index"),
        "{text}"
    );
    assert_eq!(function.ended().await.code(), Some(1));
}

#[tokio::test]
async fn sigterm_ends_an_idle_function_without_an_error() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.function("quick_start"));
    api.invoke(&rest("GET", "/")).await;
    api.idle(1).await;
    function.signal("TERM");
    assert_eq!(function.ended().await.code(), Some(0));
}

#[tokio::test]
async fn an_answer_that_lambda_refuses_as_too_large_is_the_error_of_that_invocation() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.function("quick_start"));
    api.limit_answers(20);
    let outcome = api.invoke(&rest("GET", "/")).await;
    let text = outcome.error()["errorMessage"].as_str().expect("a text");
    assert!(text.contains("bytes"), "{text}");
    assert_eq!(api.invoke(&sns("mytopic", "hi")).await.answer(), Value::Null);
}

#[tokio::test]
async fn a_function_whose_api_is_gone_ends_and_says_why() {
    let api = RuntimeApi::start().await;
    let mut function = Process::start(api.function("quick_start"));
    api.invoke(&rest("GET", "/")).await;
    drop(api);
    assert_eq!(function.ended().await.code(), Some(1));
    function.stdout.line("the runtime API").await;
}
