use chalice_rt::prelude::*;

#[on_sqs_message("orders", batch_size = "ten")]
async fn ordered(_event: SqsEvent) {}

fn main() {}
