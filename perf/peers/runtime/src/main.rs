//! Bare lambda_runtime, serde_json::Value echo.
use lambda_runtime::{Error, LambdaEvent, run, service_fn, tracing};
use serde_json::Value;

async fn echo(e: LambdaEvent<Value>) -> Result<Value, Error> {
    Ok(e.payload)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    run(service_fn(echo)).await
}
