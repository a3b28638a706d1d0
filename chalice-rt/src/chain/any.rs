//! Middleware over `AnyEvent`, within a chain of any kind.

use super::middleware::Middleware;
use super::next::{At, Next};
use crate::error::Result;
use crate::event::{
    AnyEvent, AnyResponse, CloudWatchEvent, DynamoDbEvent, Event, EventInternal, KinesisEvent,
    LambdaFunctionEvent, S3Event, SnsEvent, SqsEvent, WebsocketEvent,
};
use crate::state::States;
use crate::web::Request;

/// A middleware over `AnyEvent`, as a middleware for every kind.
pub(crate) struct OverAny<M: 'static>(pub(crate) &'static M);

impl<E: Event + Positioned, M: Middleware<AnyEvent>> Middleware<E> for OverAny<M> {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let next = E::erase(next)?;
        let answer = self.0.call(event.into_any(), Next::any(next)).await?;
        E::answer_from_any(answer)
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn trace_execution(&self) -> Option<bool> {
        self.0.trace_execution()
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}

macro_rules! any_next {
    ($($variant:ident: $event:ty;)*) => {
        /// The rest of a chain of some kind.
        #[derive(Clone, Copy)]
        pub(crate) enum AnyNext {
            $($variant(At<$event>),)*
        }

        impl AnyNext {
            pub(super) async fn run(self, event: AnyEvent) -> Result<AnyResponse> {
                match self {
                    $(AnyNext::$variant(at) => {
                        let event = <$event>::from_any(event)?;
                        at.run(event).await.map(<$event>::answer_into_any)
                    })*
                }
            }

            pub(super) fn states(&self) -> &'static States {
                match self {
                    $(AnyNext::$variant(at) => at.states(),)*
                }
            }
        }

        /// An event whose rest of the chain can stand in an [`AnyNext`].
        pub(crate) trait Positioned: Event {
            fn erase(next: Next<Self>) -> Result<AnyNext>;
        }

        $(impl Positioned for $event {
            fn erase(next: Next<Self>) -> Result<AnyNext> {
                next.position().map(AnyNext::$variant).ok_or_else(|| "no chain of one kind".into())
            }
        })*
    };
}

any_next! {
    Http: Request;
    Websocket: WebsocketEvent;
    S3: S3Event;
    Sns: SnsEvent;
    Sqs: SqsEvent;
    CloudWatch: CloudWatchEvent;
    Kinesis: KinesisEvent;
    DynamoDb: DynamoDbEvent;
    PureLambda: LambdaFunctionEvent;
}
