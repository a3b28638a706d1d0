//! Where the arguments of a handler come from.

use serde::de::DeserializeOwned;

use super::FromEvent;
use super::argument::{EventArgument, payload};
use super::param::{FromParam, param};
use crate::error::Result;
use crate::event::{Event, LambdaFunctionEvent};
use crate::web::Request;

/// What makes one argument of a handler of `E`.
pub trait Source<E>: Send + Sync + 'static {
    /// The argument.
    type Value;

    /// Makes the argument. The `last` one may move out of the event what those before it have to clone.
    fn read(&self, event: &mut E, last: bool) -> Result<Self::Value>;
}

/// The arguments of one handler, the first innermost: `(((), A), B)`.
pub trait Sources<E>: Send + Sync + 'static {
    /// The arguments, in the same shape.
    type Values;

    /// Makes the arguments one after the other.
    fn read(&self, event: &mut E, last: bool) -> Result<Self::Values>;
}

impl<E> Sources<E> for () {
    type Values = ();

    fn read(&self, _event: &mut E, _last: bool) -> Result<()> {
        Ok(())
    }
}

impl<E, R: Sources<E>, S: Source<E>> Sources<E> for (R, S) {
    type Values = (R::Values, S::Value);

    fn read(&self, event: &mut E, last: bool) -> Result<Self::Values> {
        Ok((self.0.read(event, false)?, self.1.read(event, last)?))
    }
}

/// An argument that is made from the event. It is one whether or not a `T` can be, so that a type that cannot is
/// reported once, where it is named.
#[derive(Debug)]
pub struct Read<E, T> {
    read: fn(&mut E, &'static str, bool) -> Result<T>,
    /// Of a path parameter.
    name: &'static str,
}

impl<E: 'static, T: 'static> Source<E> for Read<E, T> {
    type Value = T;

    fn read(&self, event: &mut E, last: bool) -> Result<T> {
        (self.read)(event, self.name, last)
    }
}

impl<E: Event, T> Read<E, T> {
    /// By an extractor.
    pub(crate) fn extracted() -> Self
    where
        T: FromEvent<E>,
    {
        Read {
            read: |event, _, last| if last { T::take_from(event) } else { T::from_event(event) },
            name: "",
        }
    }

    /// The event, or what stands for it.
    pub(crate) fn taken() -> Self
    where
        T: EventArgument<E>,
    {
        Read { read: |event, _, _| T::take(event), name: "" }
    }
}

impl<T> Read<Request, T> {
    /// The path parameter of this name.
    pub(crate) fn param(name: &'static str) -> Self
    where
        T: FromParam,
    {
        Read { read: |request, name, _| param(request, name), name }
    }
}

impl<T> Read<LambdaFunctionEvent, T> {
    /// The payload.
    pub(crate) fn payload() -> Self
    where
        T: DeserializeOwned + 'static,
    {
        Read { read: |event, _, _| payload(event), name: "" }
    }
}
