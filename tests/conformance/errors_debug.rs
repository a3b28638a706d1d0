//! Errors with debug on: the generic 500 shows the error's text. As recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;

mod harness;

#[middleware("http")]
async fn breaks(request: Request, next: Next<Request>) -> Result<Response> {
    if request.headers().get("x-trouble").is_some_and(|value| value == "on") {
        return Err("the middleware broke".into());
    }
    next.run(request).await
}

#[route("/broken")]
async fn broken() -> Result<Value> {
    Err("the text of the error".into())
}

#[route("/unhandled")]
async fn unhandled() -> Result<Value, ChaliceUnhandledError> {
    Err(ChaliceUnhandledError::new("nobody took this"))
}

#[route("/conflict", methods = ["POST"])]
async fn conflict() -> Result<Value, ConflictError> {
    Err(ConflictError::new("twice"))
}

#[lambda_function]
async fn work(_event: Value) -> Result<Value> {
    Err("as ever".into())
}

#[test]
fn errors_debug() {
    harness::check("errors_debug", app!("errors-debug").debug(true));
}
