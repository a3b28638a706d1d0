use chalice_rt::prelude::*;

#[on_sqs_message("orders")]
async fn order(context: Context, message: SqsMessage<Value>) -> Result<()> {
    tracing::info!("{} {}", context.request_id, message.body);
    Ok(())
}

fn main() {}
