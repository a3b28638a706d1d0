//! Keeps what a layer cannot carry while it runs: the typed answer, and the name of an error's type.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::error::{BoxError, Error, ErrorIdentity, Result};
use crate::event::EventAnswer;

/// The last outcome of the rest of the chain.
pub(super) enum Kept<R> {
    Answer { json: Value, answer: R },
    Error(ErrorIdentity),
}

/// Holds the outcome until the layer is done.
pub(super) type Keep<R> = Arc<Mutex<Option<Kept<R>>>>;

impl<R> Kept<R> {
    /// Keeps the outcome and returns what the layer sees of it.
    pub(super) fn keep(keep: &Keep<R>, outcome: Result<(Value, R)>) -> Result<Value, BoxError> {
        match outcome {
            Ok((json, answer)) => {
                Self::set(keep, Kept::Answer { json: json.clone(), answer });
                Ok(json)
            }
            Err(error) => Err(Self::keep_error(keep, error)),
        }
    }

    pub(super) fn keep_error(keep: &Keep<R>, error: Error) -> BoxError {
        Self::set(keep, Kept::Error(error.identity()));
        error.into_boxed()
    }

    /// The error that the layer returned. It gets its type's name back if it is the kept one.
    pub(super) fn restore_error(keep: &Keep<R>, error: BoxError) -> Error {
        match Self::take(keep) {
            Some(Kept::Error(identity)) => Error::recognised(error, identity),
            _ => Error::from(error),
        }
    }

    fn set(keep: &Keep<R>, kept: Kept<R>) {
        *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }

    fn take(keep: &Keep<R>) -> Option<Kept<R>> {
        keep.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<R: EventAnswer> Kept<R> {
    /// The typed outcome of the layer: the kept one, unless the layer has changed it.
    pub(super) fn restore(keep: &Keep<R>, outcome: Result<Value, BoxError>) -> Result<R> {
        let given = match outcome {
            Ok(given) => given,
            Err(error) => return Err(Self::restore_error(keep, error)),
        };
        match Self::take(keep) {
            Some(Kept::Answer { json, answer }) if json == given => Ok(answer),
            Some(Kept::Answer { answer, .. }) => R::from_json(given, Some(answer)),
            _ => R::from_json(given, None),
        }
    }
}
