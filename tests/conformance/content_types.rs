//! Which content types a route takes, and the 415 otherwise: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) -> Result<Response> {
    let response = next.run(request).await?;
    trace(format!("saw {}", response.status().as_u16()));
    Ok(response)
}

#[route("/json", methods = ["GET", "POST"])]
async fn json_only() -> Value {
    trace("json_only");
    json!({"ok": true})
}

#[route("/text", methods = ["POST"], content_types = ["text/plain"])]
async fn text(body: String) -> String {
    body
}

#[route("/form", methods = ["POST"], content_types = ["application/x-www-form-urlencoded", "multipart/form-data"])]
async fn form(body: Bytes) -> Value {
    json!({"length": body.len()})
}

#[route("/any", methods = ["POST"], content_types = [])]
async fn anything(headers: HeaderMap) -> Value {
    json!({"type": headers.get("content-type").and_then(|value| value.to_str().ok())})
}

#[test]
fn content_types() {
    harness::check("content_types", app!("content-types"));
}
