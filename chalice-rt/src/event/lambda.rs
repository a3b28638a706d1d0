//! The event of directly invoked functions: any JSON.

use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source};
use super::wire::event_with_json_answer;
use super::{PureLambda, RawEvent, wire};
use crate::context::Context;
use crate::error::Result;
use crate::json::Keys;

/// The event of a directly invoked function: its payload, any JSON.
///
/// A [`#[lambda_function]`](macro@crate::lambda_function) takes the payload as any type that serde can read, or this
/// event. Middleware of the kind `pure_lambda` takes this event and may change it.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[middleware("pure_lambda")]
/// async fn stamp(mut event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
///     event.event["seen"] = json!(true);
///     next.run(event).await
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct LambdaFunctionEvent {
    /// The payload.
    pub event: Value,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
}

impl LambdaFunctionEvent {
    #[inline]
    fn read(original: RawEvent, context: Context) -> Result<Self> {
        let event = wire::parse(&original, "payload")?;
        Ok(LambdaFunctionEvent { event, context, original })
    }

    #[inline]
    fn read_each(original: RawEvent, context: Context) -> Result<Vec<Self>> {
        Ok(vec![Self::read(original, context)?])
    }

    #[inline]
    fn write(&self) -> Result<Value> {
        Ok(self.event.clone())
    }
}

impl LambdaFunctionEvent {
    /// The bytes of the payload as they arrived. `None` after a change.
    pub(crate) fn unchanged(&self) -> Option<&[u8]> {
        let same = || self.original.value().is_ok_and(|original| original == self.event);
        (self.context.alone || same()).then_some(self.original.bytes())
    }
}

event_with_json_answer!(LambdaFunctionEvent, PureLambda);

/// A handler may take this event in place of the payload.
impl<'de> Deserialize<'de> for LambdaFunctionEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let event = Value::deserialize(deserializer)?;
        Ok(LambdaFunctionEvent { event, ..LambdaFunctionEvent::default() })
    }
}

impl fmt::Debug for LambdaFunctionEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LambdaFunctionEvent")
            .field("event", &Keys(&self.event))
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// A payload has no shape of its own, so only a handler's name selects it.
pub(super) const SHAPE: Shape = Shape::unnamed(Marks::Unknown);

/// The binding of a directly invoked function. It has only its name.
#[derive(Debug)]
pub struct Invoked;

impl EventBinding for Invoked {
    type Source = PureLambda;

    fn describe(&self) -> String {
        "invoked by name".to_owned()
    }

    fn settings(&self) -> Value {
        json!({})
    }
}

impl Source for PureLambda {
    type Binding = Invoked;
    type Record = NoRecord;

    fn fits(_event: &LambdaFunctionEvent) -> impl Fn(&Invoked, &str) -> Fit {
        |_, _| Fit::IfOnly
    }

    fn origin(_event: &LambdaFunctionEvent) -> String {
        "a direct invocation".to_owned()
    }
}
