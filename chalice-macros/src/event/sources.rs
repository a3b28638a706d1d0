//! The table of event sources: the arguments of each attribute and the constructor that they become.

use proc_macro2::{Literal, Span, TokenStream};
use syn::LitStr;

use super::checks::{self, check_arn, check_plain_name};
use super::{First, Source, json, schedule};
use crate::args::{Args, Grammar, Many};
use crate::errors::{Errors, help};
use crate::handler::{self, Reply};
use crate::names::emit;

macro_rules! sources {
    ($($constant:ident = $attribute:literal $(($positional:literal))?, $event:literal, $first:ident, $reply:ident, $bind:path, [$($options:tt)*];)*) => {
        $(pub(crate) static $constant: Source = Source {
            grammar: Grammar {
                attribute: $attribute,
                positional: sources!(@positional $($positional)?),
                options: &[&[$($options)*], handler::OPTIONS],
            },
            event: $event,
            first: First::$first,
            reply: Reply::$reply,
            bind: $bind,
        };)*
    };
    (@positional) => { None };
    (@positional $name:literal) => { Some(($name, Many::One)) };
}

sources! {
    LAMBDA_FUNCTION = "lambda_function", "LambdaFunctionEvent", Payload, Value, lambda_function, [];
    SNS = "on_sns_message" ("topic"), "SnsEvent", Event, Value, sns, [("topic", "topic = \"my-topic\"")];
    SQS = "on_sqs_message" ("queue"), "SqsEvent", Event, Value, sqs, [
        ("queue", "queue = \"my-queue\""),
        ("queue_arn", "queue_arn = \"arn:aws:sqs:..\""),
        ("batch_size", "batch_size = 10"),
        ("maximum_batching_window_in_seconds", "maximum_batching_window_in_seconds = 5"),
        ("maximum_concurrency", "maximum_concurrency = 10"),
        ("partial_failures", "partial_failures = false"),
    ];
    S3 = "on_s3_event" ("bucket"), "S3Event", Event, Value, s3, [
        ("bucket", "bucket = \"my-bucket\""),
        ("events", "events = [\"s3:ObjectCreated:*\"]"),
        ("prefix", "prefix = \"uploads/\""),
        ("suffix", "suffix = \".jpg\""),
    ];
    CLOUDWATCH = "on_cw_event" ("pattern"), "CloudWatchEvent", Event, Value, cloudwatch, [
        ("pattern", "pattern = {\"source\": [\"aws.ec2\"]}"),
    ];
    SCHEDULE = "schedule" ("expression"), "CloudWatchEvent", Event, Value, scheduled, [
        ("expression", "expression = \"rate(5 minutes)\""),
        ("description", "description = \"..\""),
        ("rule", "rule = \"my-rule\""),
    ];
    KINESIS = "on_kinesis_record" ("stream"), "KinesisEvent", Event, Value, kinesis, [
        ("stream", "stream = \"my-stream\""),
        ("batch_size", "batch_size = 100"),
        ("starting_position", "starting_position = \"LATEST\""),
        ("maximum_batching_window_in_seconds", "maximum_batching_window_in_seconds = 5"),
        ("partial_failures", "partial_failures = false"),
    ];
    DYNAMODB = "on_dynamodb_record" ("stream_arn"), "DynamoDbEvent", Event, Value, dynamodb, [
        ("stream_arn", "stream_arn = \"arn:aws:dynamodb:..\""),
        ("batch_size", "batch_size = 100"),
        ("starting_position", "starting_position = \"LATEST\""),
        ("maximum_batching_window_in_seconds", "maximum_batching_window_in_seconds = 5"),
        ("partial_failures", "partial_failures = false"),
    ];
    KAFKA = "on_kafka_record" ("topic"), "TriggerEvent", EventOrPayload, Value, kafka, [
        ("topic", "topic = \"my-topic\""),
        ("batch_size", "batch_size = 100"),
        ("starting_position", "starting_position = \"LATEST\""),
        ("maximum_batching_window_in_seconds", "maximum_batching_window_in_seconds = 5"),
        ("partial_failures", "partial_failures = false"),
    ];
    AUTHORIZER = "authorizer", "AuthRequest", Event, Policy, authorizer, [
        ("ttl_seconds", "ttl_seconds = 300"),
        ("execution_role", "execution_role = \"arn:aws:iam::..\""),
        ("header", "header = \"Authorization\""),
    ];
    WS_CONNECT = "on_ws_connect", "WebsocketEvent", Event, Response, ws_connect, [];
    WS_MESSAGE = "on_ws_message", "WebsocketEvent", Event, Response, ws_message, [];
    WS_DISCONNECT = "on_ws_disconnect", "WebsocketEvent", Event, Response, ws_disconnect, [];
}

fn authorizer(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let header =
        args.word("header", errors).unwrap_or_else(|| LitStr::new("Authorization", Span::call_site()));
    let ttl = numbers(&checks::authorizer_numbers(args, errors));
    let role = args.text("execution_role", errors);
    let role = role.filter(|role| check_arn(role, "execution_role", "iam", "role", errors));
    let role = role.map(|role| emit!(.set("execution_role", #role)));
    Some(emit!(on(__rt::TokenHeader(#header)) #ttl #role))
}

fn lambda_function(_: &mut Args, _: &mut Errors) -> Option<TokenStream> {
    Some(emit!(on(__rt::Invoked)))
}

fn ws_connect(_: &mut Args, _: &mut Errors) -> Option<TokenStream> {
    Some(emit!(on(__rt::RouteKey("$connect"))))
}

fn ws_message(_: &mut Args, _: &mut Errors) -> Option<TokenStream> {
    Some(emit!(on(__rt::RouteKey("$default"))))
}

fn ws_disconnect(_: &mut Args, _: &mut Errors) -> Option<TokenStream> {
    Some(emit!(on(__rt::RouteKey("$disconnect"))))
}

fn sns(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let topic = required(args, "topic", "a topic", errors)?;
    Some(emit!(on(__rt::Topic(#topic))))
}

fn sqs(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let queue = sqs_queue(args, errors);
    let fifo = queue.as_ref().is_some_and(|(queue, _)| queue.value().ends_with(".fifo"));
    let settings = checks::sqs_settings(args, fifo, errors);
    let partial = partial_failures(args, errors);
    let (queue, is_arn) = queue?;
    let queue = if is_arn { emit!(__rt::Queue::Arn(#queue)) } else { emit!(__rt::Queue::Named(#queue)) };
    let settings = numbers(&settings);
    Some(emit!(on(#queue) #settings #partial))
}

/// The queue's name or ARN, exactly one, and whether it is the ARN.
fn sqs_queue(args: &mut Args, errors: &mut Errors) -> Option<(LitStr, bool)> {
    if let (true, Some(key)) = (args.has("queue"), args.key("queue_arn")) {
        let _ = (args.tokens("queue"), args.tokens("queue_arn"));
        errors.at(key, help("both `queue` and `queue_arn` are given", "keep one"));
        return None;
    }
    if args.has("queue_arn") {
        let arn = args.word("queue_arn", errors)?;
        return check_arn(&arn, "queue_arn", "sqs", "queue", errors).then_some((arn, true));
    }
    let queue = required(args, "queue", "a queue", errors)?;
    check_plain_name(&queue, "queue", "`queue_arn = \"arn:..\"`, or the name at its end", errors)
        .then_some((queue, false))
}

fn s3(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let bucket = required(args, "bucket", "a bucket", errors);
    let events = checks::s3_events(args, errors);
    let prefix = args.text("prefix", errors).map(|prefix| emit!(.prefix(#prefix)));
    let suffix = args.text("suffix", errors).map(|suffix| emit!(.suffix(#suffix)));
    let bucket = bucket.filter(|bucket| check_plain_name(bucket, "bucket", "the name at its end", errors))?;
    let events = events.map(|events| emit!(.events(&[#(#events),*])));
    Some(emit!(on(__rt::Bucket::named(#bucket) #events #prefix #suffix)))
}

fn cloudwatch(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let Some(tokens) = args.tokens("pattern") else {
        args.missing("pattern", "an event pattern", errors);
        return None;
    };
    let pattern = errors.keep(json::pattern(tokens))?;
    Some(emit!(on(__rt::Pattern::new(#pattern))))
}

fn scheduled(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let expression = required(args, "expression", "a rate or a cron expression", errors);
    let description = args.text("description", errors);
    let description = description.map(|description| emit!(.set("description", #description)));
    let rule = args.word("rule", errors).map(|rule| emit!(.rule(#rule)));
    let expression = expression?;
    if let Err((message, remedy)) = schedule::check(&expression.value()) {
        errors.at(&expression, help(message, remedy));
    }
    Some(emit!(on(__rt::Schedule::new(#expression) #rule) #description))
}

fn kinesis(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let stream = required(args, "stream", "a stream", errors);
    let settings = stream_settings(args, errors);
    let stream = stream.filter(|stream| check_plain_name(stream, "stream", "the name at its end", errors))?;
    Some(emit!(on(__rt::Stream(#stream)) #settings))
}

fn kafka(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let topic = required(args, "topic", "a topic", errors);
    let settings = stream_settings(args, errors);
    let topic = topic.filter(|topic| check_plain_name(topic, "topic", "the topic's name", errors))?;
    Some(emit!(on(__rt::KafkaTopic(#topic)) #settings))
}

fn dynamodb(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let stream = required(args, "stream_arn", "the ARN of a table's stream", errors);
    let settings = stream_settings(args, errors);
    let stream = stream.filter(|stream| check_arn(stream, "stream_arn", "dynamodb", "stream", errors))?;
    Some(emit!(on(__rt::TableStream(#stream)) #settings))
}

fn stream_settings(args: &mut Args, errors: &mut Errors) -> TokenStream {
    let settings = numbers(&checks::stream_numbers(args, errors));
    let position = checks::starting_position(args, errors);
    let position = position.map(|position| emit!(.set("starting_position", #position)));
    let partial = partial_failures(args, errors);
    emit!(#settings #position #partial)
}

/// Expands to: `.set("batch_size", 10)` for each.
fn numbers(settings: &[(&'static str, i64)]) -> TokenStream {
    let setters = settings.iter().map(|(name, value)| {
        let value = Literal::i64_unsuffixed(*value);
        emit!(.set(#name, #value))
    });
    setters.collect()
}

fn partial_failures(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    args.truth("partial_failures", errors).map(|reported| emit!(.partial_failures(#reported)))
}

fn required(args: &mut Args, name: &str, what: &str, errors: &mut Errors) -> Option<LitStr> {
    if !args.has(name) {
        args.missing(name, what, errors);
    }
    args.word(name, errors)
}
