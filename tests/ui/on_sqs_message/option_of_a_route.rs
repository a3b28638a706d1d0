use chalice_rt::prelude::*;

#[on_sqs_message("orders", cors = true)]
async fn order(_record: SqsRecord) {}

fn main() {}
