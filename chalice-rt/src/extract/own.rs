//! Events, and what every event carries, as arguments.

use super::FromEvent;
use crate::context::Context;
use crate::error::Result;
use crate::event::{
    AnyEvent, AuthRequest, CloudWatchEvent, DynamoDbEvent, Event, KinesisEvent, LambdaFunctionEvent, S3Event,
    SnsEvent, SqsEvent, WebsocketEvent,
};
use crate::web::Request;

impl<E: Event> FromEvent<E> for Context {
    fn from_event(event: &mut E) -> Result<Self> {
        Ok(event.context().clone())
    }
}

impl FromEvent<Request> for Request {
    fn from_event(request: &mut Request) -> Result<Self> {
        Ok(request.clone())
    }
}

impl FromEvent<AnyEvent> for AnyEvent {
    #[inline]
    fn from_event(event: &mut AnyEvent) -> Result<Self> {
        Ok(event.clone())
    }
}

macro_rules! events {
    ($($event:ty)*) => {$(
        impl FromEvent<$event> for $event {
            #[inline]
            fn from_event(event: &mut $event) -> Result<Self> {
                Ok(event.clone())
            }

            fn take_from(event: &mut $event) -> Result<Self> {
                Ok(std::mem::take(event))
            }
        }
    )*};
}

events! {
    AuthRequest CloudWatchEvent DynamoDbEvent KinesisEvent LambdaFunctionEvent S3Event SnsEvent SqsEvent
    WebsocketEvent
}
