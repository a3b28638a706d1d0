//! Where code that blocks may run: handlers and middleware that are no `async fn`.

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task;
use tracing::{Span, dispatcher};

use super::middleware::{Middleware, name_of};
use super::next::Next;
use crate::error::{Result, catch};
use crate::event::Event;

/// A sync function or closure as a middleware value, made by [`blocking`].
#[derive(Debug, Clone)]
pub struct Blocking<F>(F);

/// Makes a middleware of a function or closure that is not `async`; it calls [`Next::run_blocking`].
///
/// It runs where blocking is allowed. That costs more than an `async fn`: on a multi-thread runtime the hand-over of
/// the thread's other work, on a current-thread runtime a thread of tokio's blocking pool.
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

    fn blocks(&self) -> bool {
        true
    }
}

/// Runs a sync handler or middleware without stopping the runtime's other work. A panic in it is an `Err`.
pub async fn run_blocking<T: Send + 'static>(call: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::CurrentThread => {
            let (span, dispatch) = (Span::current(), dispatcher::get_default(Clone::clone));
            let within = move || span.in_scope(|| catch(call).flatten());
            let on_thread = move || dispatcher::with_default(&dispatch, within);
            match task::spawn_blocking(on_thread).await {
                Ok(outcome) => outcome,
                Err(error) => Err(error.into()),
            }
        }
        _ => task::block_in_place(|| catch(call).flatten()),
    }
}

/// Awaits a future on a thread that may block.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = Handle::try_current()?;
    catch(|| runtime.block_on(future)).flatten()
}
