//! The first argument of a handler of further sources: the event, a record, an extractor; or else what its JSON says.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::source::{self, Argument};
use crate::event::{Event, EventArgument, Payload};

/// Asks what a `T` is as the first argument of a handler of `E`: a method found on a value goes before one found on a
/// reference to it.
#[derive(Debug)]
pub struct First<E, T>(PhantomData<(E, T)>);

impl<E, T> First<E, T> {
    /// A question about the type.
    pub fn new() -> Self {
        First(PhantomData)
    }
}

impl<E, T> Default for First<E, T> {
    fn default() -> Self {
        First::new()
    }
}

/// Found on what is taken out of the event as it is.
pub trait FirstIsTaken<E, T> {
    /// The argument.
    fn argument(&self) -> Argument<E, T>;
}

/// Found on a reference, when nothing nearer is.
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
