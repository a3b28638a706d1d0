//! `Source`: the binding of a source's handlers, how an event selects one of them, and the records of a batch.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;

use serde_json::{Value, json};

use super::EventKind;
use crate::error::Result;

/// A source of events: everything that only one kind has.
///
/// Each file of a source implements it for the kind's type, and has the constant `SHAPE`, which identifies its events.
pub trait Source: EventKind {
    /// The binding of a handler: a queue, a topic, a pattern.
    type Binding: EventBinding<Source = Self>;

    /// The records that handlers may take one at a time. [`NoRecord`] if they take the event whole.
    type Record: Record<Self::Event>;

    /// How well handlers fit an event. The function that it returns is called with each handler's binding and name.
    fn fits(event: &Self::Event) -> impl Fn(&Self::Binding, &str) -> Fit;

    /// Names where an event comes from, for the error that no handler takes it.
    fn origin(event: &Self::Event) -> String;
}

/// How well a handler fits an event. The best one runs. Two that fit equally well are an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It does not fit.
    No,
    /// It fits if the app has no other handler of this kind.
    IfOnly,
    /// Its name fits.
    ByName,
    /// Its binding fits.
    Exactly,
}

impl Fit {
    /// `Exactly` if the binding fits, else `No`.
    pub fn when(fits: bool) -> Self {
        if fits { Fit::Exactly } else { Fit::No }
    }
}

/// The binding of a handler. The attribute's expansion makes it: `app.on(__rt::Queue::Named("jobs"))`.
pub trait EventBinding: Any + fmt::Debug + Send + Sync {
    /// The source of this binding.
    type Source: Source<Binding = Self>
    where
        Self: Sized;

    /// The binding as text, for listings and errors.
    fn describe(&self) -> String;

    /// The binding as data, under the names of the attribute's arguments. It includes the defaults of arguments that
    /// only deployment tools read.
    fn settings(&self) -> Value;

    /// A name for messages, if an app can have only one handler with this binding: `` the WebSocket's `$connect` ``.
    fn sole(&self) -> Option<String> {
        None
    }

    /// The mistake in the binding, for the launch report.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// A record of a batch.
pub trait Record<E>: Send + Sized + 'static {
    /// Takes the records out of the event.
    ///
    /// # Errors
    /// The records are malformed.
    fn take_all(event: &mut E) -> Result<Vec<Self>>;

    /// Puts the record into the event as the only one.
    fn put_alone(self, event: &mut E);

    /// The identifier of the record in `batchItemFailures`.
    fn id(&self) -> Value;

    /// The group whose records must stay in order. After a failure the rest of the group is skipped. `None` if the
    /// record is independent.
    fn group(&self) -> Option<&str>;
}

/// A record whose failure can be reported individually.
pub trait Reported {}

/// The record type of a source whose handlers take the event whole. It has no values.
#[derive(Debug)]
pub struct NoRecord(Infallible);

impl<E> Record<E> for NoRecord {
    fn take_all(_event: &mut E) -> Result<Vec<Self>> {
        Ok(Vec::new())
    }

    fn put_alone(self, _event: &mut E) {
        match self.0 {}
    }

    fn id(&self) -> Value {
        match self.0 {}
    }

    fn group(&self) -> Option<&str> {
        match self.0 {}
    }
}

/// The part of an ARN after the last colon.
pub(super) fn resource(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// The settings of a handler of a stream.
pub(super) fn stream_settings(name: &str, stream: &str) -> Value {
    json!({name: stream, "batch_size": 100, "starting_position": "LATEST", "maximum_batching_window_in_seconds": 0})
}
