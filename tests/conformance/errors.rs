//! Errors that are no view errors, what each middleware sees and what the caller gets: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[derive(Debug)]
struct KeyError(&'static str);

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for KeyError {}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[middleware("http")]
async fn outer(request: Request, next: Next<Request>) -> Result<Response> {
    match next.run(request.clone()).await {
        Ok(response) => {
            trace(format!("outer saw {}", response.status().as_u16()));
            Ok(response)
        }
        Err(error) => {
            trace(format!("outer caught {error}"));
            match header(&request, "x-rescue") {
                "on" => Ok(Response::new(json!({"rescued": error.to_string()})).with_status(299)),
                _ => Err(error),
            }
        }
    }
}

#[middleware("http")]
async fn inner(request: Request, next: Next<Request>) -> Result<Response> {
    let trouble = header(&request, "x-trouble").to_owned();
    match trouble.as_str() {
        "before" => return Err("inner broke before".into()),
        "bad-request" => return Err(BadRequestError::new("inner says no").into()),
        "forbidden" => return Err(ForbiddenError::new("not you").into()),
        _ => {}
    }
    let response = next.run(request).await?;
    if trouble == "after" { Err("inner broke after".into()) } else { Ok(response) }
}

#[middleware("pure_lambda")]
async fn translate(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    match next.run(event).await {
        Err(error) if error.is::<KeyError>() => {
            trace("translate caught");
            Ok(json!({"error": "missing"}))
        }
        outcome => outcome,
    }
}

#[middleware("sqs")]
async fn watch(event: SqsEvent, next: Next<SqsEvent>) -> Result<Value> {
    next.run(event).await.inspect_err(|error| trace(format!("watch saw {error}")))
}

#[middleware("sns")]
async fn breaks(_event: SnsEvent, _next: Next<SnsEvent>) -> Result<Value> {
    Err("middleware broke".into())
}

#[route("/fine")]
async fn fine() -> Value {
    trace("fine");
    json!({"fine": true})
}

#[route("/broken")]
async fn broken() -> Result<Value> {
    Err("the secret text".into())
}

#[route("/unhandled")]
async fn unhandled() -> Result<Value> {
    Err(ChaliceUnhandledError::new("pass me on").into())
}

#[route("/item/{id}")]
async fn item(id: String) -> Result<Value, NotFoundError> {
    Err(NotFoundError::new(format!("no item {id}")))
}

#[lambda_function]
async fn work(event: Value) -> Result<Value> {
    match event["raise"].as_str() {
        Some("key") => Err(KeyError("k").into()),
        Some("value") => Err("nobody catches this".into()),
        Some("view") => Err(NotFoundError::new("not a response here").into()),
        _ => Ok(json!({"ok": true})),
    }
}

#[on_sqs_message("jobs")]
async fn on_job(event: SqsEvent) -> Result<()> {
    for record in &event {
        if record.body == "bad" {
            return Err("bad job".into());
        }
        trace(format!("did {}", record.body));
    }
    Ok(())
}

#[on_sns_message("orders")]
async fn on_order(_event: SnsEvent) {
    trace("on_order");
}

#[test]
fn errors() {
    harness::check("errors", app!("errors"));
}
