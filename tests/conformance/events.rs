//! The attributes of the event objects: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("all")]
async fn look<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    trace("middleware");
    next.run(event).await
}

#[on_sns_message("orders")]
async fn on_order(event: SnsEvent) -> Value {
    json!({"message": event.message, "subject": event.subject, "attributes": event.message_attributes})
}

#[on_sqs_message("jobs", batch_size = 10)]
async fn on_job(event: SqsEvent) -> Vec<Value> {
    event.iter().map(|record| json!({"body": record.body, "receipt_handle": record.receipt_handle})).collect()
}

#[on_s3_event("uploads", events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"])]
async fn on_upload(event: S3Event) -> Value {
    json!({"bucket": event.bucket, "key": event.key})
}

fn cloudwatch(event: &CloudWatchEvent) -> Value {
    json!({
        "version": event.version,
        "account": event.account,
        "region": event.region,
        "detail": event.detail,
        "detail_type": event.detail_type,
        "source": event.source,
        "time": event.time,
        "event_id": event.event_id,
        "resources": event.resources,
    })
}

#[on_cw_event({"source": ["aws.ec2"]})]
async fn on_instance(event: CloudWatchEvent) -> Value {
    cloudwatch(&event)
}

#[schedule("rate(5 minutes)")]
async fn every_five(event: CloudWatchEvent) -> Value {
    cloudwatch(&event)
}

fn click(record: &KinesisRecord) -> Value {
    json!({
        "data": record.data.to_vec(),
        "partition_key": record.partition_key,
        "sequence_number": record.sequence_number,
        "schema_version": record.schema_version,
    })
}

#[on_kinesis_record("clicks")]
async fn on_click(event: KinesisEvent) -> Vec<Value> {
    event.iter().map(click).collect()
}

fn change(record: &DynamoDbRecord) -> Value {
    json!({
        "event_name": record.event_name,
        "event_id": record.event_id,
        "aws_region": record.aws_region,
        "table_name": record.table_name(),
        "keys": record.keys,
        "new_image": record.new_image,
        "old_image": record.old_image,
        "sequence_number": record.sequence_number,
        "size_bytes": record.size_bytes,
        "stream_view_type": record.stream_view_type,
    })
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026-11-21T00:00:00.000")]
async fn on_change(event: DynamoDbEvent) -> Vec<Value> {
    event.iter().map(change).collect()
}

#[on_sqs_message("quiet")]
async fn quiet(event: SqsEvent) {
    for record in &event {
        trace(&record.body);
    }
}

#[test]
fn events_as_their_handlers_see_them() {
    harness::check("events", app!("events"));
}
