use chalice_rt::prelude::*;

#[lambda_function]
async fn resize(_event: Value, _request: Request) {}

fn main() {}
