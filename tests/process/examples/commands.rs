//! The commands of an app: `routes`, `chains`, `check`, `invoke`, `--help`.

use serde_json::{Value, json};

use super::command;
use super::support::events::sns;

#[tokio::test]
async fn routes_lists_the_handlers() {
    let text = command("quick_start", &["routes"], "").await;
    assert_eq!(text.code, Some(0), "{}", text.stderr);
    assert!(text.stdout.contains("index") && text.stdout.contains("mytopic"), "{}", text.stdout);
    let listed: Value =
        serde_json::from_str(&command("quick_start", &["routes", "--json"], "").await.stdout).expect("JSON");
    let named = |name: &str| {
        listed.as_array().and_then(|all| all.iter().find(|one| one["name"] == name)).expect("listed")
    };
    assert_eq!((&named("index")["path"], &named("index")["methods"]), (&json!("/"), &json!(["GET"])));
    assert_eq!((&named("index")["kind"], &named("sns_handler")["kind"]), (&json!("http"), &json!("sns")));
    assert_eq!(named("sns_handler")["settings"]["topic"], "mytopic");
    assert!(named("index")["line"].as_u64().is_some_and(|line| line > 1));
}

#[tokio::test]
async fn routes_tells_what_arguments_and_answers_say_of_themselves() {
    let text = command("error_handling", &["routes", "--json"], "").await.stdout;
    let listed: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let missing = listed.iter().find(|one| one["name"] == "missing").expect("listed");
    assert_eq!(missing["arguments"], json!([{"in": "path", "name": "id", "type": "u32", "required": true}]));
    let made = json!({"status": 200, "content_type": "application/json", "type": "Value"});
    assert_eq!(missing["answers"], json!([{"status": 400}, made]));
}

#[tokio::test]
async fn chains_shows_the_middleware_with_its_place() {
    let text = command("error_handling", &["chains", "index"], "").await.stdout;
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    assert!(at("handle_unhandled") < at("refuse") && at("refuse") < at("the handler"), "{text}");
    assert!(text.contains("examples/error_handling.rs:") && !text.contains("handle_errors"), "{text}");
    let listed: Value =
        serde_json::from_str(&command("error_handling", &["chains", "--json"], "").await.stdout)
            .expect("JSON");
    let raising =
        listed.as_array().and_then(|all| all.iter().find(|one| one["name"] == "raising")).expect("listed");
    assert_eq!(raising["middleware"][0]["name"], "handle_errors");
}

#[tokio::test]
async fn invoke_prints_the_answer_and_its_exit_code_tells_success() {
    let event = sns("mytopic", "hi").to_string();
    let by_shape = command("quick_start", &["invoke", "--event", "-"], &event).await;
    assert_eq!((by_shape.code, by_shape.stdout.as_str()), (Some(0), "null\n"), "{}", by_shape.stderr);
    let named = command("error_handling", &["invoke", "raising", "--event", "-"], "{}").await;
    assert_eq!(named.code, Some(0), "{}", named.stderr);
    assert_eq!(named.stdout, "{\"Error\":\"MyCustomError\",\"Message\":\"Raising an error.\"}\n");
    let failed = command("error_handling", &["invoke", "escaping", "--event", "-"], "{}").await;
    assert_eq!((failed.code, failed.stdout.as_str()), (Some(1), ""));
    assert_eq!(failed.stderr, "{\"errorType\":\"Error\",\"errorMessage\":\"nobody catches this\"}\n", "once");
    let marked = command("error_handling", &["invoke", "raising", "--event", "-"], "\u{feff}{}").await;
    assert_eq!(marked.code, Some(0), "a byte order mark: {}", marked.stderr);
}

#[tokio::test]
async fn what_cannot_be_invoked_is_told_clearly() {
    let missing = command("quick_start", &["invoke", "--event", "no/such/file.json"], "").await;
    assert!(missing.code == Some(1) && missing.stderr.contains("no/such/file.json"), "{}", missing.stderr);
    let folder = command("quick_start", &["invoke", "--event", "process"], "").await;
    assert!(folder.code == Some(1) && folder.stderr.contains("process"), "{}", folder.stderr);
    let no_json = command("quick_start", &["invoke", "--event", "-"], "{pa55word").await;
    assert!(no_json.code == Some(1) && no_json.stderr.contains("not JSON"), "{}", no_json.stderr);
    assert!(!no_json.stderr.contains("pa55word"), "{}", no_json.stderr);
    let misspelt = command("quick_start", &["invoke", "sns_handlr", "--event", "-"], "{}").await;
    assert!(misspelt.code == Some(2) && misspelt.stderr.contains("sns_handler"), "{}", misspelt.stderr);
    let no_event = command("quick_start", &["invoke", "sns_handler"], "").await;
    assert!(no_event.code == Some(2) && no_event.stderr.contains("--event"), "{}", no_event.stderr);
}

#[tokio::test]
async fn help_and_version_name_the_app() {
    let help = command("quick_start", &["--help"], "").await;
    assert_eq!(help.code, Some(0));
    for word in ["demo-middleware", "local", "routes", "chains", "check", "invoke", "Examples:"] {
        assert!(help.stdout.contains(word), "{word} in {}", help.stdout);
    }
    let version = command("quick_start", &["--version"], "").await;
    assert!(version.code == Some(0) && version.stdout.starts_with("demo-middleware "), "{}", version.stdout);
    for short in ["-V", "-v"] {
        assert_eq!(command("quick_start", &[short], "").await.stdout, version.stdout, "{short}");
    }
    assert_eq!(command("quick_start", &["rutes"], "").await.code, Some(2));
}

#[tokio::test]
async fn chains_are_drawn_as_a_tree_as_json_and_as_a_flowchart() {
    let chains = async |arguments: &[&str]| {
        let done = command("layers", &[&["chains"], arguments].concat(), "").await;
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

#[tokio::test]
async fn no_example_has_anything_that_check_finds() {
    for name in ["quick_start", "chains", "error_handling", "factory", "layers", "patterns", "observing"] {
        let done = command(name, &["check"], "").await;
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{name}");
        assert!(done.stdout.starts_with("ok: "), "{}", done.stdout);
    }
}
