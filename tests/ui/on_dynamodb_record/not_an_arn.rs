use chalice_rt::prelude::*;

#[on_dynamodb_record("users")]
async fn changed(_event: DynamoDbEvent) {}

fn main() {}
