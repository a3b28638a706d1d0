//! Errors become answers where they leave the middleware or the handler that failed. Only HTTP does so.

use super::next::{At, Chain};
use super::response_future::{OnError, ResponseFuture};
use crate::error::Error;
use crate::event::Event;

/// Turns the errors of a chain into answers.
pub(crate) struct ChainErrors<E: Event> {
    pub(crate) answers: &'static dyn AnswerErrors<E>,
    /// Whether some answer needs the event, too. Then it is cloned for each middleware and the handler.
    pub(crate) keep_event: bool,
}

/// Makes answers of a chain's errors, so that a middleware always sees an answer of those further in.
pub(crate) trait AnswerErrors<E: Event>: Send + Sync {
    /// The answer for the error, or the error itself if it passes all middleware.
    fn answer(&'static self, failed: Failed<E>) -> ResponseFuture<E::Response>;
}

/// A middleware or a handler that failed.
pub(crate) struct Failed<E> {
    pub(crate) error: Error,
    /// The event that it was called with, if the chain keeps events.
    pub(crate) event: Option<E>,
    /// The template of the chain's route. Empty for other handlers.
    pub(crate) template: &'static str,
}

impl<E: Event> At<E> {
    /// Runs the node at this position and all further in.
    pub(super) fn run(self, event: E) -> ResponseFuture<E::Response> {
        let Some(errors) = &self.chain.errors else { return self.start(event) };
        if errors.keep_event {
            return self.run_keeping(errors.answers, event);
        }
        let mut answer = self.start(event);
        answer.on_error = Some(self.chain);
        answer
    }

    #[cold]
    fn run_keeping(self, answers: &'static dyn AnswerErrors<E>, event: E) -> ResponseFuture<E::Response> {
        let (kept, template) = (event.clone(), self.chain.template);
        let answer = self.start(event);
        ResponseFuture::boxed(async move {
            match answer.await {
                Err(error) => answers.answer(Failed { error, event: Some(kept), template }).await,
                answer => answer,
            }
        })
    }
}

impl<E: Event> OnError<E::Response> for Chain<E> {
    fn on_error(&'static self, error: Error) -> ResponseFuture<E::Response> {
        match &self.errors {
            Some(errors) => errors.answers.answer(Failed { error, event: None, template: self.template }),
            None => ResponseFuture::failed(error),
        }
    }
}
