use chalice_rt::prelude::*;

#[on_sqs_message(queue = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders")]
async fn ordered(_event: SqsEvent) {}

fn main() {}
