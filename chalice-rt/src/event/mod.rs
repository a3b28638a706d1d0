//! The events as types, and the table of all kinds. This module knows nothing of handlers or middleware.
//!
//! Code that only one kind needs is `#[inline]`, whatever its size. So it is compiled in programs with handlers of that
//! kind only, and not with this crate.

mod alone;
mod answer;
mod any;
mod argument;
mod authorizer;
pub(crate) mod classify;
mod cloudwatch;
mod describe;
mod dynamodb;
mod event_trait;
mod kafka;
mod kinds;
mod kinesis;
mod lambda;
mod pattern;
mod policy;
mod request;
mod s3;
mod schedule;
mod shape;
mod sns;
mod source;
mod sqs;
mod trigger;
mod websocket;
mod wire;

/// The table of the kinds of events. It is the only list of them.
///
/// A row is `kind = "name" in file [bindings] [further public names] "description"`. Rows are grouped by the type of
/// event that handlers and middleware take. `file` holds everything that only this kind has: its `SHAPE`, its bindings,
/// its `Source`. The kinds of `all` come first.
///
/// `__event_kinds!(name)` calls the macro `name` with the table, which writes enums, marker types and implementations.
// Not public API. Generated code uses it for the lists of blueprints.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_kinds {
    ($($then:ident)::+ $(, $given:tt)?) => {
        $($then)::+! { $($given)?
            all {
                Request { Http = "http" in request [] [] "Requests over HTTP"; }
                WebsocketEvent { Websocket = "websocket" in websocket [RouteKey] [] "Events of a WebSocket"; }
                S3Event { S3 = "s3" in s3 [Bucket] [] "Notifications of an S3 bucket"; }
                SnsEvent { Sns = "sns" in sns [Topic] [SnsMessage] "Messages of an SNS topic"; }
                SqsEvent { Sqs = "sqs" in sqs [Queue] [SqsRecord SqsMessage] "Batches of messages of an SQS queue"; }
                CloudWatchEvent {
                    CloudWatch = "cloudwatch" in cloudwatch [Pattern] [] "Events of EventBridge (CloudWatch Events)";
                    Scheduled = "scheduled" in schedule [Schedule] [] "Schedules of EventBridge";
                }
                KinesisEvent {
                    Kinesis = "kinesis" in kinesis [Stream] [KinesisRecord KinesisMessage] "Batches of records of a Kinesis stream";
                }
                DynamoDbEvent {
                    DynamoDb = "dynamodb" in dynamodb [TableStream] [DynamoDbRecord] "Batches of changes of a DynamoDB table";
                }
                TriggerEvent {
                    Kafka = "kafka" in kafka [KafkaTopic] [KafkaMessage KafkaHeaders] "Batches of records of a Kafka topic";
                }
                LambdaFunctionEvent {
                    PureLambda = "pure_lambda" in lambda [Invoked] [] "Functions that are invoked directly";
                }
            }
            apart {
                AuthRequest {
                    Authorizer = "authorizer" in authorizer [TokenHeader] [AuthResponse AuthRoute IntoAuthResponse] "Authorizers of API Gateway (not part of `All`)";
                }
            }
        }
    };
}

pub(crate) use crate::raw_event::RawEvent;
pub(crate) use answer::{EventAnswer, failure};
pub(crate) use any::{AnyEvent, AnyResponse, InAll, InAnyResponse};
pub use argument::{EventArgument, MiddlewareArgument};
pub(crate) use argument::{FromEvent, Payload};
pub use authorizer::AuthRequest;
pub use cloudwatch::CloudWatchEvent;
pub use dynamodb::DynamoDbEvent;
pub(crate) use event_trait::{Event, EventInternal};
pub(crate) use kinds::EventKind;
pub use kinesis::KinesisEvent;
pub use lambda::LambdaFunctionEvent;
pub use s3::S3Event;
#[cfg(feature = "testing")]
pub(crate) use s3::encoded as s3_key;
pub use sns::SnsEvent;
pub(crate) use source::{EventBinding, Fit, Record, Reported, Source};
pub use sqs::SqsEvent;
pub use trigger::TriggerEvent;
pub use websocket::WebsocketEvent;

pub use crate::web::Request;

macro_rules! names {
    ($($group:ident { $($event:ident { $($kind:ident = $word:literal in $module:ident [$($bound:ident)*] [$($named:ident)*] $doc:literal;)* })* })*) => {
        /// The public names of the events.
        pub(crate) mod names {
            pub use super::any::{AnyEvent, AnyResponse};
            pub use super::kinds::{All, EventKind, EventOf};
            $($(pub use super::$event;)*)*
            pub use super::argument::FromEvent;
            pub use super::event_trait::Event;
            $($($(pub use super::kinds::$kind; $(pub use super::$module::$named;)*)*)*)*
        }

        /// The bindings of handlers, for expansions.
        pub(crate) mod bindings {
            $($($($(pub use super::$module::$bound;)*)*)*)*
        }
    };
}

crate::__event_kinds!(names);

pub(crate) use names::*;
