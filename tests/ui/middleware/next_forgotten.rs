use chalice_rt::prelude::*;

#[middleware("pure_lambda")]
async fn log(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    next.run(event).await?;
}

fn main() {}
