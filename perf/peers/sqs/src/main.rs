//! lambda_runtime + aws_lambda_events: a typed SQS batch through one tower layer.
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use lambda_runtime::{Error, LambdaEvent, run, service_fn, tracing};
use std::sync::atomic::{AtomicU64, Ordering};
use tower::Layer;
use tower::util::MapRequestLayer;

static SEEN: AtomicU64 = AtomicU64::new(0);

#[derive(serde::Deserialize)]
struct Order {
    ok: bool,
}

async fn batch(e: LambdaEvent<SqsEvent>) -> Result<SqsBatchResponse, Error> {
    let mut out = SqsBatchResponse::default();
    for r in e.payload.records {
        let good = serde_json::from_str::<Order>(r.body.as_deref().unwrap_or("")).is_ok_and(|o| o.ok);
        if !good {
            let mut f = BatchItemFailure::default();
            f.item_identifier = r.message_id.unwrap_or_default();
            out.batch_item_failures.push(f);
        }
    }
    Ok(out)
}

fn service() -> impl tower::Service<
    LambdaEvent<SqsEvent>,
    Response = SqsBatchResponse,
    Error = Error,
    Future = impl std::future::Future<Output = Result<SqsBatchResponse, Error>>,
> {
    MapRequestLayer::new(|e: LambdaEvent<SqsEvent>| {
        SEEN.fetch_add(e.payload.records.len() as u64, Ordering::Relaxed);
        e
    })
    .layer(service_fn(batch))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    run(service()).await
}
