use chalice_rt::prelude::*;

#[on_sqs_message(queue_arn = "arn:aws:sns:eu-central-1:123456789012:orders")]
async fn ordered(_event: SqsEvent) {}

fn main() {}
