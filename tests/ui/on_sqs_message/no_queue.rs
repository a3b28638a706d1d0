use chalice_rt::prelude::*;

#[on_sqs_message(batch_size = 5)]
async fn ordered(_event: SqsEvent) {}

fn main() {}
