use chalice_rt::prelude::*;

#[on_sqs_message("orders.fifo", batch_size = 20)]
async fn ordered(_event: SqsEvent) {}

fn main() {}
