//! The `on_shutdown` hooks, which run when the process ends.

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};

use super::builder::{BoxFuture, Hook};
use crate::chain::Threads;
use crate::error::guarded;
use crate::state::States;

/// The time that the hooks may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeToEnd {
    /// The time that hooks share. Each waits for the one before it, but not longer than its share.
    shared: Duration,
    /// The time after which the process ends in any case.
    most: Duration,
}

impl TimeToEnd {
    /// Lambda kills a process 500 ms after SIGTERM, or 2 s if there is an external extension.
    pub(crate) const ON_LAMBDA: Self =
        TimeToEnd { shared: Duration::from_millis(400), most: Duration::from_secs(2) };

    /// On a developer's machine.
    #[cfg(feature = "local")]
    pub(crate) const LOCAL: Self =
        TimeToEnd { shared: Duration::from_secs(10), most: Duration::from_secs(10) };
}

/// A closure that [`App::on_shutdown`](super::App::on_shutdown) takes: without an argument, or with the managed values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `on_shutdown` hook",
    label = "neither `|| async {{ .. }}` nor `|states: States| async move {{ .. }}`"
)]
pub(super) trait ShutdownHook<A>: Send + 'static {
    fn start(self, states: States) -> BoxFuture<()>;
}

impl<F, Fut> ShutdownHook<()> for F
where
    F: FnOnce() -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    fn start(self, _: States) -> BoxFuture<()> {
        Box::pin(self())
    }
}

impl<F, Fut> ShutdownHook<(States,)> for F
where
    F: FnOnce(States) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    fn start(self, states: States) -> BoxFuture<()> {
        Box::pin(self(states))
    }
}

/// The hooks of an app, until they run.
#[derive(Default)]
pub(super) struct Hooks {
    pending: Mutex<Vec<Hook>>,
    /// [`run_all`]. Only apps with a hook link it.
    run: Option<RunAll>,
}

type RunAll = fn(Vec<Hook>, States, TimeToEnd) -> BoxFuture<()>;

impl Hooks {
    /// Adds a hook, and what runs it.
    pub(super) fn add(&mut self, hook: Hook, run: RunAll) {
        self.pending.get_mut().unwrap_or_else(PoisonError::into_inner).push(hook);
        self.run = Some(run);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.run.is_none()
    }

    /// Runs the hooks, once.
    pub(super) async fn run(&self, states: States, time: TimeToEnd) {
        let hooks = std::mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(run) = self.run {
            run(hooks, states, time).await;
        }
    }
}

/// Runs the hooks in order. One that panics or hangs does not keep the next from running.
pub(super) fn run_all(hooks: Vec<Hook>, states: States, time: TimeToEnd) -> BoxFuture<()> {
    Box::pin(async move {
        let (begin, mut left) = (Instant::now(), hooks.len() as u32);
        let mut late = Vec::new();
        for hook in hooks {
            let mut running = start(hook, states);
            let part = time.shared.saturating_sub(begin.elapsed()) / left;
            if timeout(part, &mut running).await.is_err() {
                late.push(running);
            }
            left -= 1;
        }
        for running in late {
            if timeout_at(begin + time.most, running).await.is_err() {
                tracing::warn!("an on_shutdown hook took longer than {:?} and is given up", time.most);
            }
        }
    })
}

/// Starts a hook on its own thread, so that a hook that blocks does not hold up the others. The channel closes when the
/// hook has ended.
fn start(hook: Hook, states: States) -> oneshot::Receiver<()> {
    let (ended, running) = oneshot::channel::<()>();
    let run = move || {
        let work = Box::pin(async move {
            let outcome = guarded(|| async {
                hook(states).await;
                Ok(())
            })
            .await;
            if let Err(error) = outcome {
                tracing::error!("an on_shutdown hook panicked: {error}");
            }
            ExitCode::SUCCESS
        });
        if let Err(error) = Threads::ONE.run(work) {
            tracing::error!("an on_shutdown hook could not run: {error}");
        }
        drop(ended);
    };
    if let Err(error) = std::thread::Builder::new().name("on-shutdown".to_owned()).spawn(run) {
        tracing::error!("an on_shutdown hook could not run: {error}");
    }
    running
}
