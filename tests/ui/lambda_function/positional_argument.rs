use chalice_rt::prelude::*;

#[lambda_function("resize")]
async fn resize(_event: Value) {}

fn main() {}
