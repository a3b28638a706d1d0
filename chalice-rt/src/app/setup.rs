//! The app's `setup`: it runs once, before the first event, on Lambda, locally and in tests.

use std::sync::Mutex;

use tokio::sync::OnceCell;

use super::builder::{App, Origin, SetupFn};
use super::layout::Layout;
use super::report::LaunchReport;
use super::validate;
use crate::error::{Error, Result, guarded};
use crate::registry::HandlerSpec;
use crate::signal::Watchdog;
use crate::state::{Managed, StateStore};

/// The `errorType` of launch errors.
pub(crate) const LAUNCH_ERROR: &str = "LaunchError";

/// The setup, which runs before the first event.
pub(super) struct Setup {
    origin: Origin,
    pending: Mutex<Option<(Managed, Vec<SetupFn>)>>,
    /// The outcome. An error is kept as its type's name and its text, because every waiting caller needs one.
    done: OnceCell<Result<(), (&'static str, String)>>,
    watchdog: Option<fn() -> Watchdog>,
}

impl Setup {
    pub(super) fn new(
        origin: Origin,
        managed: Managed,
        setups: Vec<SetupFn>,
        watchdog: Option<fn() -> Watchdog>,
    ) -> Self {
        Setup { origin, pending: Mutex::new(Some((managed, setups))), done: OnceCell::new(), watchdog }
    }

    /// Starts the watchdog, which ends the process on a signal while the setup blocks its thread. `None` if there is no
    /// setup.
    pub(super) fn watch(&self) -> Option<Watchdog> {
        self.watchdog.map(|start| start())
    }

    /// Runs the setup unless it has run, and fills the managed values.
    ///
    /// # Errors
    /// The setup's error, for every caller, or the state that handlers still miss after it.
    pub(super) async fn run(
        &self,
        layout: Layout<'_>,
        handlers: &[HandlerSpec],
        states: &StateStore,
    ) -> Result<()> {
        let set_up = async || {
            let outcome = self.set_up(layout, handlers, states).await;
            outcome.map_err(|error| (error.type_name(), error.report()))
        };
        match self.done.get_or_init(set_up).await {
            Ok(()) => Ok(()),
            Err((type_name, text)) => Err(Error::named(type_name, text.clone())),
        }
    }

    async fn set_up(&self, layout: Layout<'_>, handlers: &[HandlerSpec], states: &StateStore) -> Result<()> {
        let pending = self.pending.lock().ok().and_then(|mut pending| pending.take());
        let (mut managed, setups) = pending.unwrap_or_default();
        let checked = setups.is_empty();
        for setup in setups {
            managed = one(setup, App::shell(self.origin, managed)).await?;
        }
        if !checked {
            let mut report = LaunchReport::default();
            validate::needs(layout, handlers, &managed, &mut report);
            report.into_result(()).map_err(|report| late(&report))?;
        }
        states.fill(managed);
        Ok(())
    }
}

async fn one(setup: SetupFn, shell: App) -> Result<Managed> {
    let app = guarded(|| setup(shell)).await?;
    if app.did_more_than_manage() {
        return Err("a setup may only `manage` values; register everything else in `main`, before it".into());
    }
    let mut report = LaunchReport::default();
    validate::managed_twice(&app.managed_twice, &mut report);
    report.into_result(()).map_err(|report| late(&report))?;
    Ok(app.managed)
}

/// A launch error that is found once the setup has run has the name of those that are found before.
fn late(report: &LaunchReport) -> Error {
    Error::named(LAUNCH_ERROR, report.to_string())
}
