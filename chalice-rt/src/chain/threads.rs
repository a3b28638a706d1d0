//! The number of threads of the runtime that `App::run` starts.

use std::io;
use std::pin::Pin;
use std::process::ExitCode;

use tokio::runtime::{Builder, LocalOptions};

/// The whole work of the process. It is boxed so that it is compiled once, and not for each flavor of runtime.
pub(crate) type Work = Pin<Box<dyn Future<Output = ExitCode> + Send>>;

/// The number of threads that a handler or middleware needs.
///
/// "Several" holds the function that starts such a runtime. So tokio's multi-thread scheduler, and the mathematics
/// library that it uses, are linked only into programs that name [`Threads::SEVERAL`].
#[derive(Debug, Clone, Copy)]
pub struct Threads(Option<fn(Work) -> io::Result<ExitCode>>);

impl Threads {
    /// One thread, for `async` functions.
    pub const ONE: Self = Threads(None);

    /// One thread for each CPU, for functions that block.
    pub const SEVERAL: Self = Threads(Some(run_on_several));

    /// Several if one of both needs several.
    pub(crate) fn or(self, other: Threads) -> Self {
        Threads(self.0.or(other.0))
    }

    /// Starts the runtime and runs the work to its end.
    pub(crate) fn run(self, work: Work) -> io::Result<ExitCode> {
        self.0.unwrap_or(run_on_one)(work)
    }
}

fn run_on_one(work: Work) -> io::Result<ExitCode> {
    // `Builder::build` would link the multi-thread scheduler, too.
    let runtime = Builder::new_current_thread().enable_all().build_local(LocalOptions::default())?;
    let code = runtime.block_on(work);
    // A thread that still blocks would keep the process alive.
    runtime.shutdown_background();
    Ok(code)
}

fn run_on_several(work: Work) -> io::Result<ExitCode> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(code)
}
