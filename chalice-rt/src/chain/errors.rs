//! Errors become answers where they leave the middleware or the handler that failed. Only HTTP does so.

use super::next::{At, Chain};
use super::response_future::{OnError, ResponseFuture};
use crate::error::Error;
use crate::event::Event;

/// Makes answers of a chain's errors, so that a middleware always sees an answer of those further in.
pub(crate) trait AnswerErrors<E: Event>: Send + Sync {
    /// Whether the event is needed to answer some error. It is cloned for each middleware and the handler, so only where
    /// it is needed.
    fn wants_event(&self) -> bool;

    /// The answer that stands for the error; the error itself if it is one that passes all middleware.
    fn answer(&'static self, failed: Failed<E>) -> ResponseFuture<E::Response>;
}

/// A middleware or a handler that failed.
pub(crate) struct Failed<E> {
    pub(crate) error: Error,
    /// The event that it was called with, if `wants_event`.
    pub(crate) event: Option<E>,
    /// The template of the chain's route, empty if it is none.
    pub(crate) template: &'static str,
}

impl<E: Event> At<E> {
    /// Runs the node that stands here, and all further in.
    pub(super) fn run(self, event: E) -> ResponseFuture<E::Response> {
        match self.chain.errors {
            None => self.start(event),
            Some(errors) if errors.wants_event() => self.run_keeping(errors, event),
            Some(_) => self.start(event).or(self.chain),
        }
    }

    fn run_keeping(self, errors: &'static dyn AnswerErrors<E>, event: E) -> ResponseFuture<E::Response> {
        let (kept, template) = (event.clone(), self.chain.template);
        let answer = self.start(event);
        ResponseFuture::boxed(async move {
            match answer.await {
                Err(error) => errors.answer(Failed { error, event: Some(kept), template }).await,
                answer => answer,
            }
        })
    }
}

impl<E: Event> OnError<E::Response> for Chain<E> {
    fn on_error(&'static self, error: Error) -> ResponseFuture<E::Response> {
        match self.errors {
            Some(errors) => errors.answer(Failed { error, event: None, template: self.template }),
            None => ResponseFuture::failed(error),
        }
    }
}
