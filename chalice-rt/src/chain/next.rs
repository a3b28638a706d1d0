//! `Next`: the rest of a chain.

use std::fmt;
use std::sync::Arc;

use super::alone::Alone;
use super::blocking::block_on;
use super::errors::ChainErrors;
use super::node::Node;
use super::response_future::ResponseFuture;
use crate::error::Result;
use crate::event::Event;
use crate::state::{State, StateStore, missing};

/// The rest of the chain: the middleware further in, and the handler at its end.
///
/// [`run`](Next::run) consumes it, so that the handler cannot run twice by accident. Clone it for a retry.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// async fn retry(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
///     match next.clone().run(event.clone()).await {
///         Err(error) if error.is::<std::io::Error>() => next.run(event).await,
///         answer => answer,
///     }
/// }
/// ```
pub struct Next<E: Event>(Position<E>);

enum Position<E: Event> {
    At(At<E>),
    /// In a chain of another event type, for middleware over `AnyEvent`.
    Passing(&'static dyn Passing<E>, usize),
    /// Before a closure, without a chain: for tests.
    Alone(Arc<Alone<E>>),
}

/// A chain of one type of event that also takes events `E`, which it converts.
pub(super) trait Passing<E: Event>: Send + Sync {
    /// Runs the chain from this position on.
    fn run_from(&'static self, position: usize, event: E) -> ResponseFuture<E::Response>;

    fn states(&self) -> &'static StateStore;
}

/// A position in a chain.
pub(super) struct At<E: Event> {
    pub(super) chain: &'static Chain<E>,
    pub(super) position: usize,
}

/// The middleware around one handler, outermost first, and the handler as the last node.
pub(crate) struct Chain<E: Event> {
    /// The nodes of the middleware. Chains with the same middleware share them.
    pub(crate) around: &'static [&'static dyn Node<E>],
    pub(crate) end: &'static dyn Node<E>,
    /// Whether the last of the nodes has nothing to do for an event, so that it is passed by.
    pub(crate) passes_last: Option<fn(&E) -> bool>,
    pub(crate) states: &'static StateStore,
    /// Turns errors into answers. `None` if errors pass as they are.
    pub(crate) errors: Option<ChainErrors<E>>,
    /// The name of the handler at the end.
    pub(crate) handler: &'static str,
    /// The template of the route, with the prefixes of its blueprints. Empty for other handlers.
    pub(crate) template: &'static str,
}

impl<E: Event> Chain<E> {
    fn node(&self, position: usize) -> Option<&'static dyn Node<E>> {
        let around = self.around.get(position).copied();
        around.or_else(|| (position == self.around.len()).then_some(self.end))
    }

    /// Runs the whole chain. From here on the event's context has the managed state and the handler's name.
    pub(crate) fn run(&'static self, mut event: E) -> ResponseFuture<E::Response> {
        let context = event.context_mut();
        context.states = Some(self.states);
        context.alone = self.around.is_empty();
        // A refused request (405, 415) has its route's handler already, although the fallback's chain answers it.
        context.handler.get_or_insert(self.handler);
        At { chain: self, position: 0 }.run(event)
    }
}

impl<E: Event> Next<E> {
    /// Runs the rest of the chain with this event, and gives its answer.
    ///
    /// The next middleware receives this event, changed or not.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[middleware("http")]
    /// async fn served_by(request: Request, next: Next<Request>) -> Result<Response> {
    ///     Ok(next.run(request).await?.with_header("x-served-by", "me"))
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    /// The `Err` of a middleware further in or of the handler. A panic of theirs is a
    /// [`PanicError`](crate::PanicError). Over HTTP errors arrive as responses, with the error in
    /// [`Response::error`](crate::Response::error). Only a [`ChaliceUnhandledError`](crate::ChaliceUnhandledError) is
    /// an `Err` there.
    // The compiler shows this line where `.await` is missing.
    #[rustfmt::skip]
    pub fn run(self, event: E) -> impl Future<Output = Result<E::Response>> + Send + Unpin + use<E> { // write `.await` after it
        self.start(event)
    }

    /// [`run`](Next::run) within the crate, which names the future.
    pub(super) fn start(self, event: E) -> ResponseFuture<E::Response> {
        match self.0 {
            Position::At(at) => at.run(event),
            Position::Passing(chain, position) => chain.run_from(position, event),
            Position::Alone(alone) => alone(event),
        }
    }

    /// [`run`](Next::run) for middleware that is a plain `fn`. It blocks until the answer arrives.
    ///
    /// Call it in sync middleware only, which runs on a thread that may block. In an `async fn` use `run`.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[middleware("http")]
    /// fn served_by(request: Request, next: Next<Request>) -> Result<Response> {
    ///     Ok(next.run_blocking(request)?.with_header("x-served-by", "me"))
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    /// As `run`. Also an error if it is called inside an `async fn`, where blocking would stop all other work.
    pub fn run_blocking(self, event: E) -> Result<E::Response> {
        block_on(self.run(event))
    }

    /// The app's managed value of type `T`. If the middleware declares that it needs one, an app without it does not
    /// start: `#[middleware("http", state = [Db])]`.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// struct Limits {
    ///     largest_order: usize,
    /// }
    ///
    /// #[middleware("http")]
    /// async fn limit(request: Request, next: Next<Request>) -> Result<Response> {
    ///     let limits = next.state::<Limits>()?;
    ///     if request.body().len() > limits.largest_order {
    ///         return Ok(Response::new("the order is too large").with_status(413));
    ///     }
    ///     next.run(request).await
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    /// The app manages no value of type `T`.
    pub fn state<T: Send + Sync + 'static>(&self) -> Result<State<T>> {
        match &self.0 {
            Position::At(at) => at.chain.states.get(),
            Position::Passing(chain, _) => chain.states().get(),
            Position::Alone(_) => Err(missing::<T>()),
        }
    }

    /// The template of the route at the end of the chain. Empty for other handlers.
    pub(crate) fn template(&self) -> &'static str {
        match &self.0 {
            Position::At(at) => at.chain.template,
            Position::Passing(..) | Position::Alone(_) => "",
        }
    }

    pub(super) fn at(at: At<E>) -> Self {
        Next(Position::At(at))
    }

    /// The position in the chain, for middleware over `AnyEvent`. `None` outside a chain of the event's own type.
    pub(super) fn position(self) -> Option<At<E>> {
        match self.0 {
            Position::At(at) => Some(at),
            Position::Passing(..) | Position::Alone(_) => None,
        }
    }

    pub(super) fn alone(alone: Arc<Alone<E>>) -> Self {
        Next(Position::Alone(alone))
    }

    pub(super) fn passing(chain: &'static dyn Passing<E>, position: usize) -> Self {
        Next(Position::Passing(chain, position))
    }
}

impl<E: Event> At<E> {
    /// Starts the node at this position.
    #[inline]
    pub(super) fn start(self, event: E) -> ResponseFuture<E::Response> {
        let At { chain, mut position } = self;
        if position + 1 == chain.around.len() && chain.passes_last.is_some_and(|passes| passes(&event)) {
            position += 1;
        }
        let next = At { chain, position: position + 1 };
        match chain.node(position) {
            Some(node) => ResponseFuture::guarded(|| node.start(event, Next::at(next))),
            None => ResponseFuture::failed("the handler is the end of the chain; it has no next"),
        }
    }
}

impl<E: Event> Clone for At<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Event> Copy for At<E> {}

impl<E: Event> Clone for Next<E> {
    fn clone(&self) -> Self {
        Next(match &self.0 {
            Position::At(at) => Position::At(*at),
            Position::Passing(chain, position) => Position::Passing(*chain, *position),
            Position::Alone(alone) => Position::Alone(Arc::clone(alone)),
        })
    }
}

impl<E: Event> fmt::Debug for Next<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").finish_non_exhaustive()
    }
}
