use chalice_rt::prelude::*;

struct Job;

#[lambda_function]
async fn resize(_job: Job) {}

fn main() {}
