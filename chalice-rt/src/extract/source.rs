//! The sources of a handler's arguments.

use std::any::Any;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::param::{self, FromParam};
use super::payload::read as read_payload;
use super::{EventArgument, FromEvent, MiddlewareArgument};
use crate::describe::Describe;
use crate::error::{Error, Result};
use crate::event::{Event, LambdaFunctionEvent, Payload};
use crate::web::Request;

/// The source of one argument: how to read it from an event `E`, and how it is described.
// It owns nothing that needs dropping, which would cost compile time in each handler.
#[derive(Debug)]
pub struct Argument<E, T> {
    read: fn(&mut E, &Given) -> Result<T>,
    given: Given,
    describe: fn(&mut Describe, &Given),
    /// Whether the argument is a single record, so that the handler runs once for each.
    each: bool,
}

/// Values that registration passes to `read`.
#[derive(Debug, Clone, Copy)]
struct Given {
    /// The name of a path parameter.
    name: &'static str,
    /// The `Arc` of a controller. An app without it does not start.
    controller: Option<&'static (dyn Any + Send + Sync)>,
}

const NOTHING: Given = Given { name: "", controller: None };

/// A path parameter.
pub fn param<T: FromParam>(name: &'static str) -> Argument<Request, T> {
    let given = Given { name, ..NOTHING };
    let describe = |description: &mut Describe, given: &Given| {
        description.path::<T>(given.name);
        description.status(400);
    };
    Argument { given, describe, ..Argument::new(|request, given| param::read(request, given.name)) }
}

/// An extractor on a request that later arguments read, too.
pub fn extract<T: FromEvent<Request>>() -> Argument<Request, T> {
    extract_from()
}

/// An extractor on a request that no later argument reads. It may move values out, which [`extract`] has to clone.
pub fn take<T: FromEvent<Request>>() -> Argument<Request, T> {
    take_from()
}

/// As [`extract`], for any event.
pub fn extract_from<E: Event, T: FromEvent<E>>() -> Argument<E, T> {
    Argument {
        describe: |description, _| T::describe(description),
        ..Argument::new(|event, _| T::from_event(event))
    }
}

/// As [`take`], for any event.
pub fn take_from<E: Event, T: FromEvent<E>>() -> Argument<E, T> {
    Argument {
        describe: |description, _| T::describe(description),
        ..Argument::new(|event, _| T::take_from(event))
    }
}

/// An extractor of a middleware. It leaves the event as it is.
pub fn middleware_argument<E: Event, T: MiddlewareArgument<E>>() -> Argument<E, T> {
    extract_from()
}

/// The event itself, a single record, the content of a record, or an extractor.
pub fn event<E: Event, T: EventArgument<E>>() -> Argument<E, T> {
    let describe = |description: &mut Describe, _: &Given| T::describe(description);
    Argument { describe, each: T::EACH, ..Argument::new(|event, _| T::take(event)) }
}

/// The payload of a `#[lambda_function]`.
pub fn payload<T: DeserializeOwned + 'static>() -> Argument<LambdaFunctionEvent, T> {
    Argument::new(|event, _| read_payload(event))
}

/// A type read from the event's JSON.
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

    /// Describes the argument. `true` if it is a single record.
    pub fn describe(&self, description: &mut Describe) -> bool {
        (self.describe)(description, &self.given);
        self.each
    }

    /// Reads the argument.
    pub fn read(&self, event: &mut E) -> Result<T> {
        (self.read)(event, &self.given)
    }
}

impl<E, T> Clone for Argument<E, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, T> Copy for Argument<E, T> {}
