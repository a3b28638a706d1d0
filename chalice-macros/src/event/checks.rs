//! Checks of names, ARNs and numbers that AWS would refuse only at deployment.

use syn::LitStr;

use crate::args::Args;
use crate::errors::{Errors, help};
use crate::words;

const WINDOW: &str = "maximum_batching_window_in_seconds";

/// The event names that a bucket can notify of.
const S3_EVENTS: &[&str] = &[
    "s3:TestEvent",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:ReducedRedundancyLostObject",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:Replication:OperationNotTracked",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition",
    "s3:IntelligentTiering",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete",
    "s3:ObjectAcl:Put",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectAnnotation:Delete",
];

/// Reports an ARN or a URL where a name is meant.
pub(super) fn check_plain_name(name: &LitStr, argument: &str, remedy: &str, errors: &mut Errors) -> bool {
    let text = name.value();
    let what = if text.starts_with("arn:") {
        "an ARN"
    } else if text.contains("://") {
        "a URL"
    } else {
        return true;
    };
    errors.at(name, help(format!("`{argument}` takes a name, this is {what}"), format!("write {remedy}")));
    false
}

/// Reports a text that is not an ARN of the service.
pub(super) fn check_arn(
    arn: &LitStr,
    argument: &str,
    service: &str,
    what: &str,
    errors: &mut Errors,
) -> bool {
    let text = arn.value();
    let mut parts = text.split(':');
    if parts.next() == Some("arn") && parts.nth(1).is_none_or(|found| found.is_empty() || found == service) {
        return true;
    }
    let message = format!("`{argument}` takes the ARN of a {what}");
    errors.at(arn, help(message, format!("an ARN begins with `arn:aws:{service}:`")));
    false
}

/// The numbers given for an SQS queue.
pub(super) fn sqs_settings(args: &mut Args, fifo: bool, errors: &mut Errors) -> Vec<(&'static str, i64)> {
    let (batch_key, window_key) = (args.key("batch_size"), args.key(WINDOW));
    let batch = args.number("batch_size", 1..=10_000, errors);
    let window = args.number(WINDOW, 0..=300, errors);
    let concurrency = args.number("maximum_concurrency", 2..=1000, errors);
    if let (true, Some(key)) = (fifo, window_key.filter(|_| window.is_some_and(|window| window > 0))) {
        errors.at(key, help("a FIFO queue has no batching window", format!("remove `{WINDOW}`")));
    }
    if let (Some(11..), Some(key)) = (batch, batch_key) {
        if fifo {
            errors.at(key, help("a FIFO queue gives at most 10 messages at once", "write `batch_size = 10`"));
        } else if window.unwrap_or_default() == 0 {
            let message = "a `batch_size` above 10 needs a batching window";
            errors.at(key, help(message, format!("add `{WINDOW} = 5`")));
        }
    }
    given([("batch_size", batch), (WINDOW, window), ("maximum_concurrency", concurrency)])
}

/// The numbers given for a stream.
pub(super) fn stream_numbers(args: &mut Args, errors: &mut Errors) -> Vec<(&'static str, i64)> {
    let batch = args.number("batch_size", 1..=10_000, errors);
    let window = args.number(WINDOW, 0..=300, errors);
    given([("batch_size", batch), (WINDOW, window)])
}

/// The numbers given for an authorizer. API Gateway caches an answer for at most an hour.
pub(super) fn authorizer_numbers(args: &mut Args, errors: &mut Errors) -> Vec<(&'static str, i64)> {
    given([("ttl_seconds", args.number("ttl_seconds", 0..=3600, errors))])
}

fn given<const N: usize>(settings: [(&'static str, Option<i64>); N]) -> Vec<(&'static str, i64)> {
    settings.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The starting position in a stream.
pub(super) fn starting_position(args: &mut Args, errors: &mut Errors) -> Option<LitStr> {
    let position = args.word("starting_position", errors)?;
    const POSITIONS: &[&str] = &["LATEST", "TRIM_HORIZON"];
    if !POSITIONS.contains(&position.value().as_str()) {
        let message = format!("unknown starting position `{}`", position.value());
        errors.at(&position, help(message, words::suggestion(&position.value(), POSITIONS, "positions are")));
    }
    Some(position)
}

/// The events of a bucket.
pub(super) fn s3_events(args: &mut Args, errors: &mut Errors) -> Option<Vec<LitStr>> {
    let key = args.key("events");
    let events = args.texts("events", errors)?;
    if events.is_empty() {
        errors.at(key, help("`events` is empty", "leave it out for `[\"s3:ObjectCreated:*\"]`"));
    }
    for event in &events {
        let name = event.value();
        if !S3_EVENTS.contains(&name.as_str()) {
            let near = words::nearest(&name, S3_EVENTS.iter().copied()).unwrap_or("s3:ObjectCreated:*");
            errors.at(event, help(format!("unknown S3 event `{name}`"), format!("did you mean `{near}`?")));
        }
    }
    Some(events)
}
