//! Events, and what every event carries, as arguments.

use super::FromEvent;
use crate::context::Context;
use crate::error::Result;
use crate::event::{
    AnyEvent, AuthRequest, CloudWatchEvent, DynamoDbEvent, Event, KinesisEvent, LambdaFunctionEvent, S3Event,
    SnsEvent, SqsEvent, WebsocketEvent,
};
use crate::http::Request;

impl<E: Event> FromEvent<E> for Context {
    fn from_event(event: &mut E) -> Result<Self> {
        Ok(event.context().clone())
    }
}

macro_rules! events {
    ($($event:ty)*) => {$(
        impl FromEvent<$event> for $event {
            fn from_event(event: &mut $event) -> Result<Self> {
                Ok(event.clone())
            }
        }
    )*};
}

events! {
    Request AnyEvent AuthRequest CloudWatchEvent DynamoDbEvent KinesisEvent LambdaFunctionEvent S3Event SnsEvent SqsEvent
    WebsocketEvent
}
