//! The response for the value of a view: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;

mod harness;

#[route("/body/{name}")]
async fn body(name: String) -> Response {
    match name.as_str() {
        "text" => Response::new("plain text"),
        "json-text" => Response::new(r#"{"already": "json"}"#),
        "empty-text" => Response::new(""),
        name => Response::new(value(name)),
    }
}

fn value(name: &str) -> Value {
    match name {
        "object" => json!({"a": 1, "b": [true, null, 2.5], "c": {"d": "e"}}),
        "array" => json!([1, "two", {"three": 3}]),
        "unicode" => json!({"k": "✓ é 😀"}),
        "number" => json!(42),
        "float" => json!(1.5),
        "true" => json!(true),
        "empty-object" => json!({}),
        "empty-array" => json!([]),
        "escapes" => json!({
            "quote": "\"", "back": "\\", "line": "a\nb", "tab": "\t", "control": "\u{1}", "html": "<&>",
        }),
        _ => Value::Null,
    }
}

#[route("/status/{code}")]
async fn status(code: u16) -> Response {
    Response::new(json!({"code": code})).with_status(code)
}

#[route("/gone")]
async fn gone() -> Response {
    Response::new(Value::Null).with_status(204)
}

#[route("/headers")]
async fn headers() -> Response {
    Response::new(json!({"ok": true}))
        .with_header("X-One", "1")
        .with_header("x-two", "2, zwei")
        .with_header("X-Empty", "")
        .with_header("Cache-Control", "no-store")
}

#[route("/cookies")]
async fn cookies() -> Response {
    Response::new("ok")
        .append_header("Set-Cookie", "a=1; Path=/")
        .append_header("Set-Cookie", "b=2; HttpOnly")
        .with_header("X-Single", "s")
}

#[route("/redirect")]
async fn redirect() -> Response {
    Response::new("").with_status(302).with_header("Location", "https://example.com/a?b=c#d")
}

#[route("/html")]
async fn html() -> Response {
    Response::new("<h1>é</h1>").with_header("Content-Type", "text/html; charset=utf-8")
}

#[route("/own-json")]
async fn own_json() -> Response {
    Response::new(r#"{"a":1}"#).with_header("Content-Type", "application/vnd.api+json")
}

#[route("/injected")]
async fn injected() -> Response {
    Response::new(json!({"ok": true})).with_header("X-Bad", "a\nSet-Cookie: b=c")
}

#[route("/injected-cr")]
async fn injected_cr() -> Response {
    Response::new(json!({"ok": true})).with_header("X-Bad", "a\rSet-Cookie: b=c")
}

#[middleware("http")]
async fn injects(request: Request, next: Next<Request>) -> Result<Response> {
    let wanted = request.headers().get("x-inject").is_some_and(|value| value == "on");
    let response = next.run(request).await?;
    Ok(if wanted { response.with_header("X-Bad", "a\nSet-Cookie: b=c") } else { response })
}

#[test]
fn response() {
    harness::check("response", app!("response"));
}
