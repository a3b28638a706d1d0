//! One type over the events of all kinds, for functions and closures that match on the kind.

use serde_json::Value;
use serde_json::value::RawValue;

use super::{
    CloudWatchEvent, DynamoDbEvent, Event, EventInternal, KinesisEvent, LambdaFunctionEvent, RawEvent,
    S3Event, SnsEvent, SqsEvent, WebsocketEvent,
};
use crate::context::Context;
use crate::error::Result;
use crate::kind::Kind;
use crate::web::{Request, Response};

/// An event of whatever kind, for middleware that does something else for each.
///
/// What is passed on must be of the variant that arrived.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[middleware("all")]
/// async fn handle_errors(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
///     let is_http = matches!(event, AnyEvent::Http(_));
///     match next.run(event).await {
///         Err(error) if is_http => Ok(Response::new(error.to_string()).with_status(500).into()),
///         Err(error) => Ok(json!({"error": error.to_string()}).into()),
///         answer => answer,
///     }
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AnyEvent {
    /// A request over HTTP.
    Http(Request),
    /// A WebSocket event.
    Websocket(WebsocketEvent),
    /// An S3 notification.
    S3(S3Event),
    /// An SNS message.
    Sns(SnsEvent),
    /// A batch of SQS messages.
    Sqs(SqsEvent),
    /// An event of EventBridge.
    CloudWatch(CloudWatchEvent),
    /// A schedule of EventBridge.
    Scheduled(CloudWatchEvent),
    /// A batch of Kinesis records.
    Kinesis(KinesisEvent),
    /// A batch of DynamoDB changes.
    DynamoDb(DynamoDbEvent),
    /// The payload of a direct invocation.
    PureLambda(LambdaFunctionEvent),
}

/// The answer to an event of whatever kind.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AnyResponse {
    /// The answer to HTTP and WebSocket events.
    Http(Response),
    /// The answer to all other events. For an HTTP or WebSocket event it is the same as `Response::new(value)`.
    Json(Value),
}

impl From<Value> for AnyResponse {
    fn from(value: Value) -> Self {
        AnyResponse::Json(value)
    }
}

impl From<Response> for AnyResponse {
    fn from(response: Response) -> Self {
        AnyResponse::Http(response)
    }
}

macro_rules! each {
    ($self:expr, $event:ident => $body:expr) => {
        match $self {
            AnyEvent::Http($event) => $body,
            AnyEvent::Websocket($event) => $body,
            AnyEvent::S3($event) => $body,
            AnyEvent::Sns($event) => $body,
            AnyEvent::Sqs($event) => $body,
            AnyEvent::CloudWatch($event) | AnyEvent::Scheduled($event) => $body,
            AnyEvent::Kinesis($event) => $body,
            AnyEvent::DynamoDb($event) => $body,
            AnyEvent::PureLambda($event) => $body,
        }
    };
}

impl Event for AnyEvent {
    type Response = AnyResponse;

    fn kind(&self) -> Kind {
        each!(self, event => event.kind())
    }

    fn context(&self) -> &Context {
        each!(self, event => event.context())
    }

    fn original(&self) -> &RawValue {
        each!(self, event => event.original())
    }
}

impl EventInternal for AnyEvent {
    type Answer = AnyResponse;

    /// By the shape of the document, as an app finds its handler.
    #[allow(private_interfaces)]
    #[inline]
    fn decode(original: RawEvent, context: Context) -> Result<Self> {
        use super::classify::{Shape, classify};
        Ok(match classify(original.bytes())?.shape {
            Shape::Http(_) => AnyEvent::Http(Request::decode(original, context)?),
            Shape::Websocket => AnyEvent::Websocket(WebsocketEvent::decode(original, context)?),
            Shape::S3 => AnyEvent::S3(S3Event::decode(original, context)?),
            Shape::Sns => AnyEvent::Sns(SnsEvent::decode(original, context)?),
            Shape::Sqs => AnyEvent::Sqs(SqsEvent::decode(original, context)?),
            Shape::CloudWatch => AnyEvent::CloudWatch(CloudWatchEvent::decode(original, context)?),
            Shape::Scheduled => AnyEvent::Scheduled(CloudWatchEvent::decode(original, context)?),
            Shape::Kinesis => AnyEvent::Kinesis(KinesisEvent::decode(original, context)?),
            Shape::DynamoDb => AnyEvent::DynamoDb(DynamoDbEvent::decode(original, context)?),
            Shape::Authorizer | Shape::Unknown => {
                AnyEvent::PureLambda(LambdaFunctionEvent::decode(original, context)?)
            }
        })
    }

    fn context_mut(&mut self) -> &mut Context {
        each!(self, event => event.context_mut())
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        each!(self, event => event.to_value())
    }

    fn into_any(self) -> AnyEvent {
        self
    }

    fn from_any(event: AnyEvent) -> Result<Self> {
        Ok(event)
    }

    fn answer_into_any(answer: AnyResponse) -> AnyResponse {
        answer
    }

    fn answer_from_any(answer: AnyResponse) -> Result<AnyResponse> {
        Ok(answer)
    }
}
