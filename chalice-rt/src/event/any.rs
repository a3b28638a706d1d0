//! `AnyEvent`: an enum over the events of all kinds, for functions and closures that match on the kind.

use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;

use super::classify::classify;
use super::{Event, EventInternal, LambdaFunctionEvent, RawEvent};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::Keys;
use crate::kind::Kind;
use crate::web::Response;

/// An event with a variant in [`AnyEvent`].
pub(crate) trait InAll: Event<Response: InAnyResponse> {
    /// Wraps the event in the enum.
    fn into_any(self) -> AnyEvent;

    /// Takes the event out of the enum. The error for another variant names both kinds.
    fn from_any(event: AnyEvent) -> Result<Self>;
}

macro_rules! any_event {
    (all { $($event:ident { $first:ident = $first_word:literal in $first_in:ident [$($_b1:ident)*] [$($_n1:ident)*] $first_doc:literal;
        $($kind:ident = $word:literal in $in:ident [$($_b2:ident)*] [$($_n2:ident)*] $doc:literal;)* })* } $($apart:tt)*) => {
        /// An event of any kind, for middleware that matches on the kind.
        ///
        /// The middleware must pass on the variant that it received.
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
            $(
                #[doc = concat!($first_doc, ".")]
                $first(super::$event),
                $(#[doc = concat!($doc, ".")] $kind(super::$event),)*
            )*
        }

        /// Evaluates an expression for each variant.
        macro_rules! each {
            ($self:expr, $name:ident => $body:expr) => {
                match $self {
                    $(AnyEvent::$first($name) => $body, $(AnyEvent::$kind($name) => $body,)*)*
                }
            };
        }

        $(impl InAll for super::$event {
            fn into_any(self) -> AnyEvent {
                match self.kind() {
                    $(Kind::$kind => AnyEvent::$kind(self),)*
                    _ => AnyEvent::$first(self),
                }
            }

            #[inline]
            fn from_any(event: AnyEvent) -> Result<Self> {
                match event {
                    AnyEvent::$first(event) => Ok(event),
                    $(AnyEvent::$kind(event) => Ok(event),)*
                    other => Err(other_kind(&[Kind::$first $(, Kind::$kind)*], &other)),
                }
            }
        })*

        impl AnyEvent {
            /// Reads the event of this kind.
            #[inline]
            fn of_kind(kind: Kind, document: RawEvent, context: Context) -> Result<Self> {
                Ok(match kind {
                    $(
                        Kind::$first => AnyEvent::$first(super::$event::decode(document, context)?),
                        $(Kind::$kind => AnyEvent::$kind(super::$event::decode(document, context)?),)*
                    )*
                    _ => AnyEvent::PureLambda(LambdaFunctionEvent::decode(document, context)?),
                })
            }
        }
    };
}

crate::__event_kinds!(any_event);

/// The error of a middleware that passed on an event of another kind than it received.
fn other_kind(wanted: &[Kind], given: &AnyEvent) -> Error {
    let given = given.kind();
    let wanted: Vec<String> = wanted.iter().map(|kind| format!("`{kind}`")).collect();
    let wanted = wanted.join(" or ");
    format!("a middleware passed on an event of kind `{given}` where one of kind {wanted} arrived; pass on the same variant")
        .into()
}

/// The answer to an event of any kind.
#[derive(Clone)]
#[non_exhaustive]
pub enum AnyResponse {
    /// The answer to HTTP and WebSocket events.
    Http(Response),
    /// The answer to all other events. For an HTTP or WebSocket event it is a shorthand for `Response::new(value)`.
    Json(Value),
}

impl fmt::Debug for AnyResponse {
    /// Shows the keys of JSON only. The values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnyResponse::Http(response) => f.debug_tuple("Http").field(response).finish(),
            AnyResponse::Json(value) => f.debug_tuple("Json").field(&Keys(value)).finish(),
        }
    }
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

/// An answer with a variant in [`AnyResponse`].
pub(crate) trait InAnyResponse: Sized {
    /// Wraps the answer in the enum.
    fn into_any(self) -> AnyResponse;

    /// Takes the answer to an event of this kind out of the enum. The wrong variant is an error.
    fn from_any(answer: AnyResponse, kind: Kind) -> Result<Self>;
}

impl InAnyResponse for Value {
    fn into_any(self) -> AnyResponse {
        AnyResponse::Json(self)
    }

    #[inline]
    fn from_any(answer: AnyResponse, kind: Kind) -> Result<Self> {
        match answer {
            AnyResponse::Json(value) => Ok(value),
            AnyResponse::Http(_) => Err(format!(
                "a middleware answered an event of kind `{kind}` with an HTTP response; answer JSON instead"
            )
            .into()),
        }
    }
}

impl InAnyResponse for Response {
    fn into_any(self) -> AnyResponse {
        AnyResponse::Http(self)
    }

    #[inline]
    fn from_any(answer: AnyResponse, _kind: Kind) -> Result<Self> {
        Ok(match answer {
            AnyResponse::Http(response) => response,
            AnyResponse::Json(value) => Response::from(value),
        })
    }
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

    /// The shape of the document tells the kind, as it does for an app's handlers.
    #[allow(private_interfaces)]
    #[inline]
    fn decode(document: RawEvent, context: Context) -> Result<Self> {
        match classify(document.bytes())?.kind {
            Some(kind) => AnyEvent::of_kind(kind, document, context),
            None => LambdaFunctionEvent::decode(document, context).map(AnyEvent::PureLambda),
        }
    }

    fn context_mut(&mut self) -> &mut Context {
        each!(self, event => event.context_mut())
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        each!(self, event => event.to_value())
    }
}
