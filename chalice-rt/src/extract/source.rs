//! Where an argument of a handler comes from.

use std::any::Any;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::param::{self, FromParam};
use super::payload::read as read_payload;
use super::{EventArgument, FromEvent};
use crate::describe::Describe;
use crate::error::{Error, Result};
use crate::event::{Event, LambdaFunctionEvent, Payload};
use crate::web::Request;

/// One argument of a handler of `E`: what makes it, and what that says to the registration.
// It owns nothing that is dropped: the compiler would have to look at that in each handler.
#[derive(Debug)]
pub struct Argument<E, T> {
    read: fn(&mut E, &Given) -> Result<T>,
    given: Given,
    describe: fn(&mut Describe, &Given),
    /// Whether the handler runs once for each record.
    each: bool,
}

/// What the registration gives to the making of an argument.
#[derive(Debug, Clone, Copy)]
struct Given {
    /// The name of a path parameter.
    name: &'static str,
    /// The `Arc` of a controller. Without one the app does not start.
    controller: Option<&'static (dyn Any + Send + Sync)>,
}

const NOTHING: Given = Given { name: "", controller: None };

/// The path parameter of this name.
pub fn param<T: FromParam>(name: &'static str) -> Argument<Request, T> {
    let given = Given { name, ..NOTHING };
    let describe = |description: &mut Describe, given: &Given| {
        description.path::<T>(given.name);
        description.status(400);
    };
    Argument { given, describe, ..Argument::new(|request, given| param::read(request, given.name)) }
}

/// What an extractor makes of a request, which leaves it to the arguments made after it.
pub fn extract<T: FromEvent<Request>>() -> Argument<Request, T> {
    extract_from()
}

/// What an extractor makes of a request, which is the last to see it and may move out of it what others have to clone.
pub fn take<T: FromEvent<Request>>() -> Argument<Request, T> {
    take_from()
}

/// As [`extract`], of any event.
pub fn extract_from<E: Event, T: FromEvent<E>>() -> Argument<E, T> {
    Argument {
        describe: |description, _| T::describe(description),
        ..Argument::new(|event, _| T::from_event(event))
    }
}

/// As [`take`], of any event.
pub fn take_from<E: Event, T: FromEvent<E>>() -> Argument<E, T> {
    Argument {
        describe: |description, _| T::describe(description),
        ..Argument::new(|event, _| T::take_from(event))
    }
}

/// The event itself, one of its records, or what a record says; or what an extractor makes.
pub fn event<E: Event, T: EventArgument<E>>() -> Argument<E, T> {
    let describe = |description: &mut Describe, _: &Given| T::describe(description);
    Argument { describe, each: T::EACH, ..Argument::new(|event, _| T::take(event)) }
}

/// The payload.
pub fn payload<T: DeserializeOwned + 'static>() -> Argument<LambdaFunctionEvent, T> {
    Argument::new(|event, _| read_payload(event))
}

/// What the JSON of an event says.
pub(super) fn document<E: Payload, T: DeserializeOwned>() -> Argument<E, T> {
    Argument::new(|event: &mut E, _| event.read())
}

/// The value of a controller.
pub(crate) fn this<T: Send + Sync + 'static>(
    controller: Option<&'static Arc<T>>,
) -> Argument<Request, Arc<T>> {
    let given = Given { controller: controller.map(|controller| controller as _), ..NOTHING };
    let read = |_: &mut Request, given: &Given| {
        let value = given.controller.and_then(|value| value.downcast_ref::<Arc<T>>());
        value.cloned().ok_or_else(|| Error::from("the controller has no value"))
    };
    Argument { given, ..Argument::new(read) }
}

impl<E, T> Argument<E, T> {
    fn new(read: fn(&mut E, &Given) -> Result<T>) -> Self {
        Argument { read, given: NOTHING, describe: |_, _| {}, each: false }
    }

    /// Describes the argument, and says whether it is a record.
    pub(super) fn describe(&self, description: &mut Describe) -> bool {
        (self.describe)(description, &self.given);
        self.each
    }

    /// Makes the argument.
    pub(super) fn read(&self, event: &mut E) -> Result<T> {
        (self.read)(event, &self.given)
    }
}

impl<E, T> Clone for Argument<E, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, T> Copy for Argument<E, T> {}
