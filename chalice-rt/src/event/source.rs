//! What a source of events says of itself: what its handlers are bound to, which of them an event is for, and how a
//! batch is taken apart.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;

use serde_json::{Map, Value, json};

use super::EventKind;
use crate::error::Result;

/// A source of events: one kind, and everything that only this kind has.
///
/// Each file of a source implements it for the kind's type, beside the constant `SHAPE`, by which an event of the kind is
/// told from all others.
pub trait Source: EventKind {
    /// What a handler is bound to: a queue, a topic, a pattern.
    type Binding: EventBinding<Source = Self>;

    /// The records that handlers may take one at a time; [`NoRecord`] if they take the event whole.
    type Record: Record<Self::Event>;

    /// How well handlers fit an event: asked once for the event, then with the binding and the name of each handler.
    fn fits(event: &Self::Event) -> impl Fn(&Self::Binding, &str) -> Fit;

    /// Where an event comes from, in words, for the error that no handler takes it.
    fn origin(event: &Self::Event) -> String;
}

/// How well a handler fits an event. The best one gets it; two that fit equally well are an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Not at all.
    No,
    /// If the app has no other handler of this kind.
    IfOnly,
    /// By its name.
    ByName,
    /// By what it is bound to.
    Exactly,
}

impl Fit {
    /// Exactly or not at all.
    pub fn when(fits: bool) -> Self {
        if fits { Fit::Exactly } else { Fit::No }
    }
}

/// What a handler is bound to. The expansion of its attribute makes it: `app.on(__rt::Queue::named("jobs"))`.
pub trait EventBinding: Any + fmt::Debug + Send + Sync {
    /// The source whose handlers are bound so.
    type Source: Source<Binding = Self>
    where
        Self: Sized;

    /// The binding in words, for listings and errors.
    fn describe(&self) -> String;

    /// The binding as data, under the names of the attribute's arguments, with the defaults of those that only a
    /// deployment needs.
    fn settings(&self) -> Value;

    /// What it is called where an app can have one handler that is bound so: `` the WebSocket's `$connect` ``.
    fn sole(&self) -> Option<String> {
        None
    }

    /// What is wrong with it, for a launch error.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// The members of a JSON object.
pub(crate) fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// One record of an event that is a list of them.
pub trait Record<E>: Send + Sized + 'static {
    /// Takes the records out of the event.
    ///
    /// # Errors
    /// The event does not hold records as its source sends them.
    fn take_all(event: &mut E) -> Result<Vec<Self>>;

    /// Puts the record back as the only one.
    fn put_alone(self, event: &mut E);

    /// What names the record in the list of failures.
    fn id(&self) -> Value;

    /// What has to stay in order: a failure ends the group. `None` for a record that depends on no other.
    fn group(&self) -> Option<&str>;
}

/// A record whose failure alone can be reported.
pub trait Reported {}

/// The record of a source whose handlers take the event whole: there is none.
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

/// What follows the last colon of an ARN.
pub(super) fn resource(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// The settings of a handler of a stream.
pub(super) fn stream_settings(name: &str, stream: &str) -> Value {
    json!({name: stream, "batch_size": 100, "starting_position": "LATEST", "maximum_batching_window_in_seconds": 0})
}
