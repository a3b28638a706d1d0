//! `ResponseFuture`: the running rest of a chain.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::pool::Pooled;
use crate::error::{Error, Result, catch};

/// The future of [`Next::run`](super::Next::run).
#[must_use = "the rest of the chain runs only when this is awaited"]
pub struct ResponseFuture<R: 'static> {
    stage: Stage<R>,
    pub(super) on_error: Option<&'static dyn OnError<R>>,
}

enum Stage<R: 'static> {
    Running(Pin<Box<dyn Pooled<R>>>),
    Boxed(Pin<Box<dyn Future<Output = Result<R>> + Send>>),
    /// `None` once the future is done.
    Failed(Option<Error>),
}

/// Makes an answer when the rest of the chain fails.
pub(super) trait OnError<R: 'static>: Send + Sync {
    fn on_error(&'static self, error: Error) -> ResponseFuture<R>;
}

impl<R: 'static> ResponseFuture<R> {
    pub(super) fn pooled(future: Pin<Box<dyn Pooled<R>>>) -> Self {
        Stage::Running(future).into()
    }

    pub(crate) fn boxed(future: impl Future<Output = Result<R>> + Send + 'static) -> Self {
        Stage::Boxed(Box::pin(future)).into()
    }

    /// Starts a future. A panic is an `Err`, in `start` and while the future runs.
    pub(crate) fn guarded(start: impl FnOnce() -> Result<Self>) -> Self {
        catch(start).flatten().unwrap_or_else(Self::failed)
    }

    pub(crate) fn failed(error: impl Into<Error>) -> Self {
        Stage::Failed(Some(error.into())).into()
    }

    fn poll_stage(&mut self, cx: &mut Context<'_>) -> Poll<Result<R>> {
        let poll = || match &mut self.stage {
            Stage::Running(future) => future.as_mut().poll(cx),
            Stage::Boxed(future) => future.as_mut().poll(cx),
            Stage::Failed(error) => {
                Poll::Ready(Err(error.take().unwrap_or_else(|| "polled after it was ready".into())))
            }
        };
        let answer = catch(poll).unwrap_or_else(|error| Poll::Ready(Err(error)));
        if answer.is_ready()
            && let Stage::Running(future) = std::mem::replace(&mut self.stage, Stage::Failed(None))
        {
            future.give_back();
        }
        answer
    }
}

impl<R: 'static> From<Stage<R>> for ResponseFuture<R> {
    fn from(stage: Stage<R>) -> Self {
        ResponseFuture { stage, on_error: None }
    }
}

impl<R: 'static> Future for ResponseFuture<R> {
    type Output = Result<R>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.poll_stage(cx) {
            Poll::Ready(Err(error)) if let Some(chain) = self.on_error => {
                // The new future has no `on_error` of its own, so this recurses once.
                *self = chain.on_error(error);
                self.poll(cx)
            }
            answer => answer,
        }
    }
}

impl<R: 'static> Unpin for ResponseFuture<R> {}

impl<R: 'static> fmt::Debug for ResponseFuture<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
