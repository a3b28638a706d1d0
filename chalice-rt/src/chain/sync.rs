//! `blocking`: a middleware value made of a function or closure that is not `async`.

use super::blocking::run_blocking;
use super::middleware::{Middleware, name_of};
use super::next::Next;
use super::threads::Threads;
use crate::error::Result;
use crate::event::Event;

/// A sync function or closure as a middleware. Made by [`blocking`].
#[derive(Debug, Clone)]
pub struct Blocking<F>(F);

/// Makes a middleware of a function or closure that is not `async`. The function calls [`Next::run_blocking`].
///
/// It runs on a thread that may block. That costs more than an `async fn`: a multi-thread runtime moves the thread's
/// other work to another thread, a current-thread runtime uses a thread of tokio's blocking pool.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let app = app!("sync").register_middleware(
///     blocking(|request: Request, next: Next<Request>| next.run_blocking(request)),
///     Http,
/// );
/// ```
pub fn blocking<F>(function: F) -> Blocking<F> {
    Blocking(function)
}

impl<E, F> Middleware<E> for Blocking<F>
where
    E: Event,
    F: Fn(E, Next<E>) -> Result<E::Response> + Clone + Send + Sync + 'static,
{
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let function = self.0.clone();
        run_blocking(move || function(event, next)).await
    }

    fn name(&self) -> &'static str {
        name_of(std::any::type_name::<F>())
    }

    fn threads(&self) -> Threads {
        Threads::SEVERAL
    }
}
