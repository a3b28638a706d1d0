//! The examples do what their headers say, seen from outside: over HTTP, as functions, by their commands.
//! (`patterns` has a test of its own.)

mod support;

use hyper::{Request, StatusCode};
use serde_json::{Value, json};
use support::client::Connection;
use support::events::{rest, sns};
use support::process::{Process, example, run};
use support::runtime_api::RuntimeApi;

async fn serve(name: &str) -> (Process, Connection) {
    let mut command = example(name);
    command.args(["local", "--port", "0"]);
    let server = Process::start(command);
    let line = server.stdout.line("listening on http://").await;
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address");
    let connection = Connection::open(address).await;
    (server, connection)
}

async fn invoke(name: &str, handler: &str, event: &Value) -> Result<Value, Value> {
    let mut command = example(name);
    command.args(["invoke", handler, "--event", "-"]);
    let done = run(command, &event.to_string()).await;
    match done.code {
        Some(0) => Ok(serde_json::from_str(&done.stdout).expect("JSON")),
        _ => Err(serde_json::from_str(done.stderr.lines().last().unwrap_or_default()).expect("JSON")),
    }
}

#[tokio::test]
async fn no_example_has_anything_that_check_finds() {
    for name in ["quick_start", "chains", "error_handling", "factory", "layers", "patterns", "observing"] {
        let mut command = example(name);
        command.arg("check");
        let done = run(command, "").await;
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{name}");
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
    let (server, mut connection) = serve("chains").await;
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
    let (_server, mut connection) = serve("error_handling").await;
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
    let (_server, mut connection) = serve("layers").await;
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
async fn chains_are_drawn_as_a_tree_as_json_and_as_a_flowchart() {
    let chains = async |arguments: &[&str]| {
        let mut command = example("layers");
        command.arg("chains").args(arguments);
        let done = run(command, "").await;
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
        done.stdout
    };
    let tree = chains(&["other"]).await;
    assert_eq!(
        tree,
        "GET /router/other  http
  ├─ app
  │  ├─ 1 test_middleware  http                  examples/layers.rs:53
  │  ├─ 2 test_middleware  http                  examples/layers.rs:54
  │  └─ 3 show_calls       http         order 1  examples/layers.rs:19
  ├─ blueprint router
  │  ├─ 4 test_middleware  http                  examples/layers.rs:26
  │  └─ 5 test_middleware  http                  examples/layers.rs:26
  └─ other                 the handler           examples/layers.rs:41
"
    );
    let documents: Value = serde_json::from_str(&chains(&["--json"]).await).expect("JSON");
    let document = documents
        .as_array()
        .and_then(|all| all.iter().find(|one| one["name"] == "top"))
        .expect("it is listed");
    assert_eq!(
        (&document["methods"], &document["path"], &document["kind"]),
        (&json!(["GET"]), &json!("/top"), &json!("http"))
    );
    assert_eq!(
        document["middleware"][2],
        json!({"name": "show_calls", "layer": "app", "kinds": ["http"], "order": 1, "file": "examples/layers.rs", "line": 19})
    );
    assert_eq!(document["left_out"], json!([]));
    let flowchart = chains(&["--mermaid"]).await;
    assert!(flowchart.starts_with("flowchart LR\n"), "{flowchart}");
    for words in ["subgraph c3[\"GET /top (http)\"]", "c3m1 --> c3m2 --> c3m3 --> c3h", "c3h([\"top<br/>"] {
        assert!(flowchart.contains(words), "{words} in {flowchart}");
    }
}
