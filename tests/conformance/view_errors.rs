//! The view errors, each with its status, name and message, and an app's own: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[view_error(418)]
#[derive(Debug)]
struct TeapotError(String);

impl std::fmt::Display for TeapotError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TeapotError {}

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) -> Result<Response> {
    let response = next.run(request).await?;
    trace(format!("a response of {}", response.status().as_u16()));
    Ok(response)
}

#[route("/raise/{name}")]
async fn raise_it(name: String) -> Result<Value> {
    let message = format!("about {name}");
    Err(match name.as_str() {
        "BadRequestError" => BadRequestError::new(message).into(),
        "UnauthorizedError" => UnauthorizedError::new(message).into(),
        "ForbiddenError" => ForbiddenError::new(message).into(),
        "NotFoundError" => NotFoundError::new(message).into(),
        "MethodNotAllowedError" => MethodNotAllowedError::new(message).into(),
        "RequestTimeoutError" => RequestTimeoutError::new(message).into(),
        "ConflictError" => ConflictError::new(message).into(),
        "UnprocessableEntityError" => UnprocessableEntityError::new(message).into(),
        "TooManyRequestsError" => TooManyRequestsError::new(message).into(),
        "ChaliceViewError" => ChaliceViewError::new(message).into(),
        _ => TeapotError(message).into(),
    })
}

#[route("/unicode")]
async fn unicode() -> Result<Value> {
    Err(NotFoundError::new("kein Käse ✓ \"quoted\"\nand a second line").into())
}

#[route("/empty")]
async fn empty() -> Result<Value, BadRequestError> {
    Err(BadRequestError::new(""))
}

#[route("/nested")]
async fn nested() -> Result<Value> {
    let number: i32 = "the cause".parse().map_err(|_| ConflictError::new("the translation"))?;
    Ok(json!(number))
}

fn named(body: &Value) -> Result<()> {
    match body.get("name") {
        Some(_) => Ok(()),
        None => Err(UnprocessableEntityError::new("name is required").into()),
    }
}

#[route("/deep", methods = ["POST"])]
async fn deep(body: Json<Value>) -> Result<Value> {
    named(&body)?;
    Ok(json!({"ok": true}))
}

#[test]
fn view_errors() {
    harness::check("view_errors", app!("view-errors"));
}
