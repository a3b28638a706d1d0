//! `Context` as an extractor.

use super::FromEvent;
use crate::context::Context;
use crate::describe::Describe;
use crate::error::Result;
use crate::event::Event;

impl<E: Event> FromEvent<E> for Context {
    fn from_event(event: &mut E) -> Result<Self> {
        Ok(event.context().clone())
    }

    fn describe(description: &mut Describe) {
        description.context::<Context>();
    }
}
