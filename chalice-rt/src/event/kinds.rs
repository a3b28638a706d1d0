//! The kinds as types, for `register_middleware`.

use super::{AnyEvent, Event};
use crate::kind::Kind;

/// One kind of event, as a type.
pub trait EventKind: Copy + 'static {
    /// The event of this kind.
    type Event: Event;
    /// The kind as a value.
    const KIND: Kind;
}

/// Implemented for the event that middleware of the kind `K` takes.
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
    ($($group:ident { $($event:ident { $($kind:ident = $word:literal in $module:ident [$($bound:ident)*] [$($named:ident)*] $doc:literal;)* })* })*) => {
        $($($(
            #[doc = concat!($doc, ": `register_middleware(m, ", stringify!($kind), ")`.")]
            #[derive(Debug, Clone, Copy, Default)]
            pub struct $kind;

            impl EventKind for $kind {
                type Event = super::$event;
                const KIND: Kind = Kind::$kind;
            }

            impl EventOf<$kind> for super::$event {}
        )*)*)*
    };
}

crate::__event_kinds!(kinds);

macro_rules! any_event_is {
    (all { $($event:ident { $($kind:ident = $word:literal in $module:ident [$($bound:ident)*] [$($named:ident)*] $doc:literal;)* })* } $($apart:tt)*) => {
        impl EventOf<All> for AnyEvent {}
        $($(impl EventOf<$kind> for AnyEvent {})*)*
    };
}

crate::__event_kinds!(any_event_is);
