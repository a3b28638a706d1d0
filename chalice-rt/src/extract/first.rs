//! The first argument of a handler of a generic source: the event, a record or an extractor, else a type read from the
//! event's JSON.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::source::{self, Argument};
use crate::event::{Event, EventArgument, Payload};

/// Autoref specialization: `argument` of [`FirstIsTaken`] if `T` is an argument of `E`, else that of
/// [`FirstIsPayload`].
#[derive(Debug)]
pub struct First<E, T>(PhantomData<(E, T)>);

impl<E, T> First<E, T> {
    /// A probe of the type.
    pub fn new() -> Self {
        First(PhantomData)
    }
}

impl<E, T> Default for First<E, T> {
    fn default() -> Self {
        First::new()
    }
}

/// Implemented for a probe of the event, a record or an extractor.
pub trait FirstIsTaken<E, T> {
    /// The argument.
    fn argument(&self) -> Argument<E, T>;
}

/// Implemented for a reference to any probe, so that it is the fallback: `T` is read from the event's JSON.
pub trait FirstIsPayload<E, T> {
    /// The argument.
    fn argument(&self) -> Argument<E, T>
    where
        T: DeserializeOwned;
}

impl<E: Event, T: EventArgument<E>> FirstIsTaken<E, T> for First<E, T> {
    fn argument(&self) -> Argument<E, T> {
        source::event()
    }
}

impl<E: Event + Payload, T> FirstIsPayload<E, T> for &First<E, T> {
    fn argument(&self) -> Argument<E, T>
    where
        T: DeserializeOwned,
    {
        source::document()
    }
}

/// The first argument, by its type.
// Not public API. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __first {
    ($event:ty, $type:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::{FirstIsPayload as _, FirstIsTaken as _};
        (&$crate::__private::First::<$event, $type>::new()).argument()
    }};
}
