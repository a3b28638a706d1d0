//! What `log_event` shows of hostile events, and that no event fails because a log or a layer cannot read it.

mod support;

use chalice_rt::observe::LogInvocations;
use chalice_rt::prelude::*;
use chalice_rt::tower::layer::layer_fn;
use support::events::rest;
use support::process::{Process, clean};
use support::runtime_api::{Invocation, RuntimeApi};
use tokio::process::Command;

/// In its environment this test binary is an app.
const APP: &str = "CHALICE_TEST_APP";

#[route("/orders", methods = ["GET", "POST"], content_types = [])]
async fn orders() -> &'static str {
    "here"
}

/// The app itself, when the tests start this binary as a process.
#[test]
fn app_as_a_process() {
    if std::env::var(APP).is_err() {
        return;
    }
    let unchanged = ConvertToMiddleware::new(layer_fn(|service: chalice_rt::convert::Bridge| service));
    let app = app!("redaction")
        .register_middleware(LogInvocations::new().log_event(true).redact(["password"]), All)
        .register_middleware(unchanged, All);
    assert_eq!(app.run(), ExitCode::SUCCESS);
}

fn start(api: &RuntimeApi) -> Process {
    let mut command = api.on_lambda(Command::new(std::env::current_exe().expect("the path of this test")));
    command = clean(command);
    command
        .args(["--exact", "app_as_a_process", "--nocapture"])
        .env(APP, "yes")
        .env("AWS_LAMBDA_RUNTIME_API", &api.address)
        .env("AWS_LAMBDA_LOG_FORMAT", "JSON");
    Process::start(command)
}

/// Sends an event that must be answered with 200, and gives what the log shows of it.
async fn logged(api: &RuntimeApi, function: &Process, event: String) -> Value {
    let outcome = api.send(Invocation::new(event)).await;
    assert_eq!(outcome.answer()["statusCode"], 200, "{outcome:?}");
    function.stdout.at_least(&api.last_id(), 2).await;
    let lines = function.stdout.lines();
    let line = lines.iter().find(|line| line.contains(&api.last_id())).expect("a line of the invocation");
    let line: Value = serde_json::from_str(line).expect("a JSON line");
    serde_json::from_str(line["fields"]["event"].as_str().expect("the event")).expect("JSON")
}

#[tokio::test]
async fn no_secret_of_a_body_is_logged_whatever_form_it_has() {
    let api = RuntimeApi::start().await;
    let function = start(&api);
    let deep = format!("{}{{\"password\":\"p4ss\"}}{}", "[".repeat(200), "]".repeat(200));
    for (body, shown) in [
        ("a=1&password=p4ss", "a=1&password=*****"),
        ("{\"a\":1,\"password\":\"p4ss\"}", "{\"a\":1,\"password\":\"*****\"}"),
        ("\u{feff}{\"password\":\"p4ss\"}", "{\"password\":\"*****\"}"),
        ("{\"password\":\"p4ss\",}", "*****"),
        ("{\"password\":\"p4ss\"}\n{\"password\":\"p4ss\"}", "*****"),
        (deep.as_str(), "*****"),
    ] {
        let mut event = rest("POST", "/orders");
        event["body"] = body.into();
        assert_eq!(logged(&api, &function, event.to_string()).await["body"], shown);
    }
    assert!(!function.stdout.text().contains("p4ss"));
}

#[tokio::test]
async fn headers_with_credentials_and_raw_queries_are_not_logged() {
    let api = RuntimeApi::start().await;
    let function = start(&api);
    let names = [
        "authorization",
        "cookie",
        "x-api-key",
        "x-auth-token",
        "x-amzn-oidc-data",
        "x-amzn-oidc-accesstoken",
        "x-csrf-token",
        "x-hub-signature",
        "x-hub-signature-256",
        "Referer",
        "Location",
    ];
    let headers: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), json!("s3cret"))).collect();
    let event = json!({
        "version": "2.0", "rawPath": "/orders", "rawQueryString": "page=2&password=s3cret",
        "headers": headers, "cookies": ["session=s3cret"],
        "requestContext": {"http": {"method": "GET", "path": "/orders"}, "stage": "$default"},
    });
    let shown = logged(&api, &function, event.to_string()).await;
    assert_eq!(shown["rawQueryString"], "page=2&password=*****");
    assert!(!function.stdout.text().contains("s3cret"));
}

#[tokio::test]
async fn an_event_that_a_log_or_a_layer_cannot_read_is_served_all_the_same() {
    let api = RuntimeApi::start().await;
    let function = start(&api);
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    for odd in ["\"\\ud800\"", "1e999", &deep] {
        let event = rest("GET", "/orders").to_string();
        let event = event.replacen('{', &format!("{{\"odd\":{odd},"), 1);
        assert_eq!(logged(&api, &function, event).await["path"], "/orders");
    }
}
