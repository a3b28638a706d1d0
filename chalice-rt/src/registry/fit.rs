//! Things by the type of event that they take: what a middleware fits, where a handler ends, what reads its events.

use crate::chain::{Middleware, Node, OverAny, layer};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::event::{
    AnyEvent, AuthRequest, CloudWatchEvent, DynamoDbEvent, Event, EventInternal, KinesisEvent,
    LambdaFunctionEvent, RawEvent, S3Event, SnsEvent, SqsEvent, WebsocketEvent,
};
use crate::web::Request;

/// An event that a registered middleware may take.
pub trait Fits: Event {
    /// Puts the nodes of a middleware in their places.
    #[allow(private_interfaces)]
    fn fit<M: Middleware<Self>>(middleware: &'static M, fitted: &mut Fitted);
}

/// An event of one type, whose chain ends at a handler.
pub trait Ends: Event {
    /// Where its node stands.
    #[allow(private_interfaces)]
    fn place(fitted: &mut Fitted) -> &mut Option<&'static dyn Node<Self>>;

    /// Its node, if there is one.
    #[allow(private_interfaces)]
    fn node(fitted: &Fitted) -> Option<&'static dyn Node<Self>>;

    /// Keeps what reads it.
    #[allow(private_interfaces)]
    fn read_in(readers: &mut Readers);

    /// What reads it, if some handler takes it.
    #[allow(private_interfaces)]
    fn reader(readers: &Readers) -> Option<Reader<Self>>;
}

/// What reads a document into the events that it holds.
pub(crate) type Reader<E> = fn(RawEvent, Context) -> Result<Vec<E>>;

macro_rules! fitted {
    ($($place:ident: $event:ty;)*) => {
        /// For each type of event the node that takes it, if there is one.
        #[derive(Clone, Copy, Default)]
        pub(crate) struct Fitted {
            $($place: Option<&'static dyn Node<$event>>,)*
        }

        /// For each type of event what reads it, if some handler takes it: a binary has no other readers in it.
        #[derive(Debug, Default)]
        pub(crate) struct Readers {
            $($place: Option<Reader<$event>>,)*
        }

        $(
            #[allow(private_interfaces)]
            impl Ends for $event {
                fn place(fitted: &mut Fitted) -> &mut Option<&'static dyn Node<Self>> {
                    &mut fitted.$place
                }

                fn node(fitted: &Fitted) -> Option<&'static dyn Node<Self>> {
                    fitted.$place
                }

                #[inline]
                fn read_in(readers: &mut Readers) {
                    readers.$place = Some(<$event>::decode_each);
                }

                fn reader(readers: &Readers) -> Option<Reader<Self>> {
                    readers.$place
                }
            }

            impl Fits for $event {
                #[allow(private_interfaces)]
                fn fit<M: Middleware<Self>>(middleware: &'static M, fitted: &mut Fitted) {
                    fitted.$place = Some(layer(middleware));
                }
            }
        )*
    };
}

fitted! {
    http: Request;
    websocket: WebsocketEvent;
    s3: S3Event;
    sns: SnsEvent;
    sqs: SqsEvent;
    cloudwatch: CloudWatchEvent;
    kinesis: KinesisEvent;
    dynamodb: DynamoDbEvent;
    pure_lambda: LambdaFunctionEvent;
    authorizer: AuthRequest;
}

impl Readers {
    /// The events of a document.
    pub(crate) fn read<E: Ends>(&self, document: RawEvent, context: Context) -> Result<Vec<E>> {
        let read = E::reader(self).ok_or_else(|| Error::from("no handler takes events of this type"))?;
        read(document, context)
    }

    /// The event of a document that is always one.
    pub(crate) fn read_one<E: Ends>(&self, document: RawEvent, context: Context) -> Result<E> {
        self.read(document, context)?.pop().ok_or_else(|| "the document holds no event".into())
    }
}

impl Fits for AnyEvent {
    #[allow(private_interfaces)]
    fn fit<M: Middleware<Self>>(middleware: &'static M, fitted: &mut Fitted) {
        let over: &'static OverAny<M> = Box::leak(Box::new(OverAny(middleware)));
        Request::fit(over, fitted);
        WebsocketEvent::fit(over, fitted);
        S3Event::fit(over, fitted);
        SnsEvent::fit(over, fitted);
        SqsEvent::fit(over, fitted);
        CloudWatchEvent::fit(over, fitted);
        KinesisEvent::fit(over, fitted);
        DynamoDbEvent::fit(over, fitted);
        LambdaFunctionEvent::fit(over, fitted);
    }
}
