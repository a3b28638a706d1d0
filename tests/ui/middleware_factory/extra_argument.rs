use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>, audited: bool) -> Result<Value> {
    let mut response = next.run(event).await?;
    response["audited"] = json!(audited);
    Ok(response)
}

#[lambda_function(middleware = [mark(true, 3)])]
async fn work(event: Value) -> Value {
    event
}

fn main() {}
