use chalice_rt::prelude::*;

const QUEUE: &str = "orders";

#[on_sqs_message(QUEUE)]
async fn order(_message: SqsRecord) -> Result<()> {
    Ok(())
}

#[on_sqs_message(queue = concat!("orders", ".fifo"))]
async fn in_order(_message: SqsRecord) -> Result<()> {
    Ok(())
}

fn main() {}
