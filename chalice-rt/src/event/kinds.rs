//! The kinds as types, as `register_middleware` takes them.

use super::{
    AnyEvent, AuthRequest, CloudWatchEvent, DynamoDbEvent, Event, KinesisEvent, LambdaFunctionEvent, S3Event,
    SnsEvent, SqsEvent, WebsocketEvent,
};
use crate::kind::Kind;
use crate::web::Request;

/// One kind of event, as a type.
pub trait EventKind: Copy + 'static {
    /// The event of this kind.
    type Event: Event;
    /// The kind as a value.
    const KIND: Kind;
}

/// `Self` is the event that middleware of the kind `K` takes.
#[diagnostic::on_unimplemented(
    message = "a middleware of kind `{K}` does not take `{Self}`",
    label = "not the event of this kind",
    note = "`http` takes `Request`, `websocket` `WebsocketEvent`, `s3` `S3Event`, `sns` `SnsEvent`, `sqs` `SqsEvent`, `cloudwatch` and `scheduled` `CloudWatchEvent`, `kinesis` `KinesisEvent`, `dynamodb` `DynamoDbEvent`, `pure_lambda` `LambdaFunctionEvent`",
    note = "for several kinds or `all` write `async fn name<E: Event>(event: E, next: Next<E>) -> Result<E::Response>`, or take `AnyEvent`"
)]
pub trait EventOf<K>: Event {}

/// Every kind of event but authorizers: `register_middleware(m, All)`.
#[derive(Debug, Clone, Copy, Default)]
pub struct All;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $event:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, Default)]
            pub struct $name;

            impl EventKind for $name {
                type Event = $event;
                const KIND: Kind = Kind::$name;
            }

            impl EventOf<$name> for $event {}
        )*
    };
}

kinds! {
    /// Requests over HTTP: `register_middleware(m, Http)`.
    Http: Request;
    /// WebSocket events: `register_middleware(m, Websocket)`.
    Websocket: WebsocketEvent;
    /// S3 notifications: `register_middleware(m, S3)`.
    S3: S3Event;
    /// SNS messages: `register_middleware(m, Sns)`.
    Sns: SnsEvent;
    /// SQS batches: `register_middleware(m, Sqs)`.
    Sqs: SqsEvent;
    /// EventBridge events: `register_middleware(m, CloudWatch)`.
    CloudWatch: CloudWatchEvent;
    /// EventBridge schedules: `register_middleware(m, Scheduled)`.
    Scheduled: CloudWatchEvent;
    /// Kinesis batches: `register_middleware(m, Kinesis)`.
    Kinesis: KinesisEvent;
    /// DynamoDB stream batches: `register_middleware(m, DynamoDb)`.
    DynamoDb: DynamoDbEvent;
    /// Functions invoked directly: `register_middleware(m, PureLambda)`.
    PureLambda: LambdaFunctionEvent;
    /// Authorizers of API Gateway: `register_middleware(m, Authorizer)`. Not part of [`All`].
    Authorizer: AuthRequest;
}

macro_rules! any_event_is {
    ($($kind:ident)*) => {
        $(impl EventOf<$kind> for AnyEvent {})*
    };
}

any_event_is! { All Http Websocket S3 Sns Sqs CloudWatch Scheduled Kinesis DynamoDb PureLambda }
