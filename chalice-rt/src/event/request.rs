//! `Request` as an event.

use serde_json::Value;
use serde_json::value::RawValue;

use super::shape::{Marks, Shape};
use super::{Event, EventInternal, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::kind::Kind;
use crate::web::{Request, Response};

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape = Shape::unnamed(Marks::Http);

impl Event for Request {
    type Response = Response;

    fn kind(&self) -> Kind {
        Kind::Http
    }

    fn context(&self) -> &Context {
        self.invocation()
    }

    fn original(&self) -> &RawValue {
        self.raw_event().raw()
    }
}

impl EventInternal for Request {
    type Answer = Response;

    #[allow(private_interfaces)]
    fn decode(original: RawEvent, context: Context) -> Result<Self> {
        Request::read(original, context)
    }

    fn context_mut(&mut self) -> &mut Context {
        self.invocation_mut()
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        self.to_json()
    }

    #[inline]
    fn rewritten(&self, event: &Value, context: Context) -> Result<Self> {
        Ok(Request::read(RawEvent::of(event)?, context)?.routed_as(self))
    }
}
