use chalice_rt::prelude::*;

struct Done;

#[lambda_function]
async fn resize(_event: Value) -> Result<Done> {
    Ok(Done)
}

fn main() {}
