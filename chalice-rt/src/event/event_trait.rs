//! The trait of all events.

use serde_json::Value;
use serde_json::value::RawValue;

use super::{EventAnswer, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::kind::Kind;

/// An event of some kind, with what its handler answers.
///
/// A middleware for more than one kind is generic over it; it is implemented by the events of this crate only.
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
    /// What a handler of this event answers: [`Response`](crate::Response) for [`Request`](crate::Request) and
    /// [`WebsocketEvent`], [`AnyResponse`] for [`AnyEvent`], [`AuthResponse`] for [`AuthRequest`], else
    /// [`serde_json::Value`].
    type Response: From<Value> + EventAnswer + Send + 'static;

    /// The kind of the event. `CloudWatchEvent` is of one of two.
    fn kind(&self) -> Kind;

    /// What Lambda says about the invocation.
    fn context(&self) -> &Context;

    /// The JSON of the event as it arrived, with all that the typed event leaves out.
    fn original(&self) -> &RawValue;

    /// An event from its JSON, as tests and middleware that replace the event need it.
    ///
    /// # Errors
    /// The JSON is not an event of this kind.
    fn from_value(event: Value, context: Context) -> Result<Self> {
        Self::decode(RawEvent::of(&event)?, context)
    }
}

/// What the crate itself needs of an event. In a module that nobody else can name, it seals [`Event`].
pub trait EventInternal: Sized {
    /// The answer of this event's handlers.
    type Answer;

    /// Reads one event.
    #[allow(private_interfaces)]
    fn decode(original: RawEvent, context: Context) -> Result<Self>;

    /// Reads the document into the events that it holds: one, but for SNS and S3, where AWS may send several records.
    #[allow(private_interfaces)]
    fn decode_each(original: RawEvent, context: Context) -> Result<Vec<Self>> {
        Ok(vec![Self::decode(original, context)?])
    }

    /// The context, to be changed.
    fn context_mut(&mut self) -> &mut Context;

    /// The JSON of the event as it is now: the original with the fields' present values.
    fn to_value(&self) -> Result<Value>;

    /// This event with other content, which a wrapper has written; what the app has decided about it stays.
    fn rewritten(&self, event: &Value, context: Context) -> Result<Self> {
        Self::decode(RawEvent::of(event)?, context)
    }

    /// Reads a document that was brought to handlers of this kind, for a type that several kinds share.
    #[allow(private_interfaces)]
    fn decode_as(_kind: Kind, original: RawEvent, context: Context) -> Result<Vec<Self>> {
        Self::decode_each(original, context)
    }

    /// Moves the event out, for the last argument that takes it.
    fn moved(&mut self) -> Self
    where
        Self: Clone,
    {
        self.clone()
    }
}
