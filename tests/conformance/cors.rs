//! Which responses have CORS headers: as recorded from Chalice 1.34.0.

use std::time::Duration;

use chalice_rt::prelude::*;

mod harness;

#[middleware("http")]
async fn meddle(request: Request, next: Next<Request>) -> Result<Response> {
    match request.headers().get("x-wish").map(HeaderValue::as_bytes) {
        Some(b"stop") => Ok(Response::new(json!({"stopped": true})).with_status(400)),
        Some(b"fail") => Err("broken".into()),
        _ => next.run(request).await,
    }
}

// In Python the app's default holds for the routes below it only.
#[route("/plain", methods = ["GET", "POST"], cors = false)]
async fn plain() -> Value {
    json!({"ok": true})
}

#[route("/open", methods = ["GET", "POST"], cors = true)]
async fn open_route() -> Value {
    json!({"ok": true})
}

fn configured() -> Cors {
    Cors::new()
        .allow_origin("https://example.com")
        .allow_headers(["X-Special"])
        .max_age(Duration::from_secs(600))
        .expose_headers(["X-Total", "X-Next"])
        .allow_credentials(true)
}

#[route("/custom", cors = configured())]
async fn custom() -> Value {
    json!({"ok": true})
}

#[route("/own-origin", cors = true)]
async fn own_origin() -> Response {
    Response::new(json!({"ok": true})).with_header("Access-Control-Allow-Origin", "https://only.example.com")
}

#[route("/own-origin-lower", cors = true)]
async fn own_origin_lower() -> Response {
    Response::new(json!({"ok": true})).with_header("access-control-allow-origin", "https://only.example.com")
}

#[route("/bad", cors = true)]
async fn bad() -> Result<()> {
    Err(BadRequestError::new("bad").into())
}

#[route("/broken", cors = true)]
async fn broken() -> Result<()> {
    Err("broken".into())
}

#[route("/unhandled", cors = true)]
async fn unhandled() -> Result<()> {
    Err(ChaliceUnhandledError::new("unhandled").into())
}

#[route("/by-default")]
async fn by_default() -> Value {
    json!({"ok": true})
}

#[route("/not-by-default", cors = false)]
async fn not_by_default() -> Value {
    json!({"ok": true})
}

#[test]
fn cors() {
    harness::check("cors", app!("cors").cors(Cors::permissive()));
}
