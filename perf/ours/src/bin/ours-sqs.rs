//! A typed SQS batch through one middleware: what `peers/sqs` does.
use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;

static SEEN: AtomicUsize = AtomicUsize::new(0);

#[derive(serde::Deserialize)]
struct Order {
    ok: bool,
}

#[middleware("sqs")]
async fn count(event: SqsEvent, next: Next<SqsEvent>) -> Result<Value> {
    SEEN.fetch_add(event.records.len(), Ordering::Relaxed);
    next.run(event).await
}

fn is_good(body: &str) -> bool {
    chalice_rt::serde_json::from_str::<Order>(body).is_ok_and(|order| order.ok)
}

#[on_sqs_message("orders", batch_size = 10)]
async fn batch(event: SqsEvent) -> Result<Value> {
    let bad = event.iter().filter(|record| !is_good(&record.body));
    let failures: Vec<Value> = bad.map(|record| json!({"itemIdentifier": record.message_id})).collect();
    Ok(json!({"batchItemFailures": failures}))
}

fn main() -> ExitCode {
    app!("sqs").run()
}
