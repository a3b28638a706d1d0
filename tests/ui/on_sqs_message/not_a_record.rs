use chalice_rt::prelude::*;

#[on_sqs_message("orders")]
async fn ordered(_record: KinesisRecord) {}

fn main() {}
