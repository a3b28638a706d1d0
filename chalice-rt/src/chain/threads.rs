//! How many threads the runtime has that `run` starts.

use std::io;
use std::pin::Pin;
use std::process::ExitCode;

use tokio::runtime::{Builder, LocalOptions};

/// What a program does until it ends. Boxed, or each kind of runtime would compile all of it anew.
pub(crate) type Work = Pin<Box<dyn Future<Output = ExitCode> + Send>>;

/// How many threads a handler or middleware wants for its runtime.
///
/// More than one is a function to call and not a word to look at: so tokio's multi-thread scheduler, and the library for
/// mathematics that it brings along, are linked into those programs only that have something for it to do.
#[derive(Debug, Clone, Copy)]
pub struct Threads(Option<fn(Work) -> io::Result<ExitCode>>);

impl Threads {
    /// One, for what is `async`.
    pub const ONE: Self = Threads(None);

    /// One for each CPU, for what blocks.
    pub const SEVERAL: Self = Threads(Some(run_on_several));

    /// As many as the one or the other wants.
    pub(crate) fn or(self, other: Threads) -> Self {
        Threads(self.0.or(other.0))
    }

    /// Starts the runtime; it ends with the work.
    pub(crate) fn run(self, work: Work) -> io::Result<ExitCode> {
        self.0.unwrap_or(run_on_one)(work)
    }
}

fn run_on_one(work: Work) -> io::Result<ExitCode> {
    // `Builder::build` would link the multi-thread scheduler too.
    let runtime = Builder::new_current_thread().enable_all().build_local(LocalOptions::default())?;
    let code = runtime.block_on(work);
    // What still blocks a thread would keep the process alive.
    runtime.shutdown_background();
    Ok(code)
}

fn run_on_several(work: Work) -> io::Result<ExitCode> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(code)
}
