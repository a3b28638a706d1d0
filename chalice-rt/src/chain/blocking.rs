//! Runs handlers and middleware that are not `async` on threads that may block.

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;
use tokio::task;

use super::waiting;
use crate::error::{Error, Result, catch};
use crate::trace::carried;

/// The number of invocations that may run blocking code at once. More wait. Each takes one of tokio's 512 blocking
/// threads, and code inside it may need more of them.
static PLACES: Semaphore = Semaphore::const_new(256);

/// Runs a sync handler or middleware without stopping the runtime's other work. A panic in it is an `Err`.
pub async fn run_blocking<T: Send + 'static>(call: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    if waiting::is_allowed() {
        // A sync middleware around it holds this thread. Waiting for a second one could deadlock.
        return waiting::allowed(call);
    }
    let place = PLACES.acquire().await?;
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::CurrentThread => {
            let on_thread = move || {
                let _place = place;
                waiting::allowed(call)
            };
            match task::spawn_blocking(carried(on_thread)).await {
                Ok(outcome) => outcome,
                Err(error) => Err(error.into()),
            }
        }
        _ => task::block_in_place(|| waiting::allowed(call)),
    }
}

/// Awaits a future on a thread that may block.
pub(super) fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    if waiting::is_allowed() {
        return catch(|| waiting::wait(future)).flatten();
    }
    match Handle::try_current() {
        // A thread of the user's for blocking code, inside a runtime.
        Ok(runtime) => catch(|| runtime.block_on(future)).map_err(|_| Error::from(MISPLACED)).flatten(),
        // Without a runtime, as in a test that calls a sync middleware, nothing else is held up.
        Err(_) => waiting::allowed(|| waiting::wait(future)),
    }
}

const MISPLACED: &str =
    "`run_blocking` was called in an `async fn`, where it would stop all other work; call `run` there";
