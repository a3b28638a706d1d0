//! The app's `setup`: it runs once, before the first event, on Lambda, locally and in tests.

use std::sync::Mutex;

use tokio::sync::OnceCell;

use super::builder::{App, Origin, SetupFn};
use super::report::LaunchReport;
use super::validate;
use crate::error::{Error, Result, guarded};
use crate::registry::HandlerSpec;
use crate::state::{Managed, States};

/// What is left to do before the first event.
pub(super) struct Setup {
    origin: Origin,
    pending: Mutex<Option<(Managed, Vec<SetupFn>)>>,
    /// An error is kept by its type's name and its text, for all who wait.
    done: OnceCell<Result<(), (&'static str, String)>>,
}

impl Setup {
    pub(super) fn new(origin: Origin, managed: Managed, setups: Vec<SetupFn>) -> Self {
        Setup { origin, pending: Mutex::new(Some((managed, setups))), done: OnceCell::new() }
    }

    /// Whether there is something to run.
    pub(super) fn is_pending(&self) -> bool {
        self.pending
            .lock()
            .is_ok_and(|pending| pending.as_ref().is_some_and(|(_, setups)| !setups.is_empty()))
    }

    /// Runs the setup unless it has run, and fills the managed values.
    ///
    /// # Errors
    /// The setup's error, to all who wait for it; the values that handlers miss after it.
    pub(super) async fn run(&self, handlers: &[HandlerSpec], states: &States) -> Result<()> {
        let set_up = async || {
            let outcome = self.set_up(handlers, states).await;
            outcome.map_err(|error| (error.type_name(), error.report()))
        };
        match self.done.get_or_init(set_up).await {
            Ok(()) => Ok(()),
            Err((type_name, text)) => Err(Error::named(type_name, text.clone())),
        }
    }

    async fn set_up(&self, handlers: &[HandlerSpec], states: &States) -> Result<()> {
        let pending = self.pending.lock().ok().and_then(|mut pending| pending.take());
        let (mut managed, setups) = pending.unwrap_or_default();
        let checked = setups.is_empty();
        for setup in setups {
            managed = one(setup, App::shell(self.origin, managed)).await?;
        }
        if !checked {
            let mut report = LaunchReport::default();
            validate::needs(handlers, &managed, &mut report);
            report.into_result(())?;
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
    report.into_result(())?;
    Ok(app.managed)
}
