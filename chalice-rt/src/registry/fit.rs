//! Nodes by the type of event that they take: what a middleware fits, and where a handler ends.

use crate::chain::{Middleware, Node, OverAny, layer};
use crate::event::{
    AnyEvent, AuthRequest, CloudWatchEvent, DynamoDbEvent, Event, KinesisEvent, LambdaFunctionEvent, S3Event,
    SnsEvent, SqsEvent, WebsocketEvent,
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
}

macro_rules! fitted {
    ($($place:ident: $event:ty;)*) => {
        /// For each type of event the node that takes it, if there is one.
        #[derive(Clone, Copy, Default)]
        pub(crate) struct Fitted {
            $($place: Option<&'static dyn Node<$event>>,)*
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
