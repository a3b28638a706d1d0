//! `Event`: the trait of all events.

use serde_json::Value;
use serde_json::value::RawValue;

use super::{EventAnswer, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::kind::Kind;

/// An event, with the answer type of its handlers.
///
/// Middleware for several kinds is generic over it. The trait is sealed: only this crate implements it.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[middleware("all")]
/// async fn log<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
///     tracing::info!(kind = %event.kind(), id = event.context().request_id, "begin");
///     next.run(event).await
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "not an event",
    note = "events are `Request`, `WebsocketEvent`, `S3Event`, `SnsEvent`, `SqsEvent`, `CloudWatchEvent`, `KinesisEvent`, `DynamoDbEvent`, `LambdaFunctionEvent`, `AnyEvent`; for several kinds write `<E: Event>`"
)]
pub trait Event: EventInternal<Answer = <Self as Event>::Response> + Clone + Send + Sized + 'static {
    /// The answer of this event's handlers: [`Response`](crate::Response) for [`Request`](crate::Request) and
    /// [`WebsocketEvent`](crate::WebsocketEvent), [`AnyResponse`](crate::AnyResponse) for [`AnyEvent`](crate::AnyEvent),
    /// [`AuthResponse`](crate::AuthResponse) for [`AuthRequest`](crate::AuthRequest), else [`Value`].
    type Response: From<Value> + EventAnswer + Send + 'static;

    /// The kind of the event. A [`CloudWatchEvent`](crate::CloudWatchEvent) is `scheduled` or `cloudwatch`.
    fn kind(&self) -> Kind;

    /// The context of the invocation.
    fn context(&self) -> &Context;

    /// The JSON of the event as it arrived, with the members that the typed event lacks.
    fn original(&self) -> &RawValue;

    /// Reads an event from its JSON, for tests and for middleware that replaces the event.
    ///
    /// # Errors
    /// The JSON is not an event of this kind.
    fn from_value(event: Value, context: Context) -> Result<Self> {
        Self::decode(RawEvent::of(&event)?, context)
    }
}

/// The internal part of an event. The trait is in a private module, so it seals [`Event`].
pub trait EventInternal: Sized {
    /// The answer type of this event's handlers.
    type Answer;

    /// Reads one event.
    #[allow(private_interfaces)]
    fn decode(original: RawEvent, context: Context) -> Result<Self>;

    /// Reads the events in a document. It is one event, except for SNS and S3, where each record is one.
    #[allow(private_interfaces)]
    fn decode_each(original: RawEvent, context: Context) -> Result<Vec<Self>> {
        Ok(vec![Self::decode(original, context)?])
    }

    /// The context, mutable.
    fn context_mut(&mut self) -> &mut Context;

    /// The JSON of the event as it is now: the original with the current values of the fields.
    fn to_value(&self) -> Result<Value>;

    /// This event with the content that a converted layer has written. The app's own data about it, such as the route,
    /// is kept.
    fn rewritten(&self, event: &Value, context: Context) -> Result<Self> {
        Self::decode(RawEvent::of(event)?, context)
    }

    /// Reads the events in a document as this kind, for event types that several kinds share.
    #[allow(private_interfaces)]
    fn decode_as(_kind: Kind, original: RawEvent, context: Context) -> Result<Vec<Self>> {
        Self::decode_each(original, context)
    }

    /// Moves the event out, for an argument that takes it whole.
    fn moved(&mut self) -> Self
    where
        Self: Clone,
    {
        self.clone()
    }
}
