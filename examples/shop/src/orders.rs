//! Orders: taken over HTTP, shipped from a queue.

use chalice_rt::prelude::*;
use company_auth::Caller;
use serde::{Deserialize, Serialize};

use crate::stock::Stock;

/// A customer's order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) article: String,
    pub(crate) count: u32,
}

#[post("/orders")]
async fn order(
    order: Json<Order>,
    caller: Extension<Caller>,
    stock: State<Stock>,
) -> Result<(StatusCode, Json<Value>)> {
    let left = stock.take(&order.article, order.count)?;
    Ok((StatusCode::CREATED, Json(json!({"for": caller.0.0, "article": order.article, "left": left}))))
}

/// Runs once for each message. SQS delivers those that fail again.
#[on_sqs_message("shipments", batch_size = 10)]
async fn ship(order: SqsMessage<Order>, stock: State<Stock>) -> Result<()> {
    stock.take(&order.body.article, order.body.count)?;
    Ok(())
}

#[schedule("cron(0 6 * * ? *)", rule = "shop-report")]
async fn report(_event: CloudWatchEvent, stock: State<Stock>) -> Value {
    json!({"articles": stock.articles()})
}
