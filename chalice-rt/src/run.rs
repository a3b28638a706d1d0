//! `run` and `serve`: the door. On Lambda the app serves the Runtime API; elsewhere it is a command.

use std::io::Write;
use std::process::ExitCode;

use tokio::runtime::Handle;

use crate::app::{App, LaunchReport, Service};
use crate::chain::{Threads, Work};
#[cfg(feature = "local")]
use crate::cli;
use crate::lambda::{self, Address};
use crate::log::{self, Place};

/// The exit code for what has to be called in another way.
const USAGE: u8 = 2;

impl App {
    /// Runs the app: on Lambda it serves invocations, elsewhere it is a command that serves HTTP on this machine,
    /// lists the handlers and invokes them (`--help` shows how).
    ///
    /// It starts a runtime of its own: one thread, or several if a handler or a middleware is a plain `fn`, which may
    /// block, or if a Lambda Managed Instance wants invocations to run at once and the feature `concurrency-tokio` is on.
    /// Inside a runtime call [`App::serve`]; `run` says so there and gives exit code 2. Unless the program has
    /// installed a `tracing` subscriber, it installs one; its level is that of `AWS_LAMBDA_LOG_LEVEL`, else of
    /// `RUST_LOG`, else INFO. The exit code is 0 when all went well, 1 if the app cannot start or an invocation of the
    /// command line failed, 2 for a command line that is not understood.
    ///
    /// The trace id of an invocation is in its [`Context`](crate::Context), not in the variable `_X_AMZN_TRACE_ID`:
    /// invocations may run at once.
    ///
    /// ```no_run
    /// use chalice_rt::prelude::*;
    ///
    /// fn main() -> ExitCode {
    ///     app!("users").run()
    /// }
    /// ```
    #[must_use]
    pub fn run(self) -> ExitCode {
        if Handle::try_current().is_ok() {
            complain(
                "run() was called inside a tokio runtime; call `serve().await` there, or run() from a plain main",
            );
            return ExitCode::from(USAGE);
        }
        let job = match Job::find(self.name()) {
            Ok(job) => job,
            Err(code) => return code,
        };
        let launched = job.launch(self);
        let threads =
            launched.as_ref().map_or(Threads::ONE, |service| service.threads()).or(threads_of_lambda());
        threads.run(job.work(launched)).unwrap_or_else(|error| {
            complain(&format!("the runtime cannot start: {error}"));
            ExitCode::FAILURE
        })
    }

    /// What [`App::run`] does, for programs with a runtime of their own.
    ///
    /// Plain `fn` handlers and middleware are cheap in a multi-thread runtime only.
    ///
    /// ```no_run
    /// use chalice_rt::prelude::*;
    ///
    /// #[tokio::main]
    /// async fn main() -> ExitCode {
    ///     app!("users").serve().await
    /// }
    /// ```
    pub async fn serve(self) -> ExitCode {
        match Job::find(self.name()) {
            Ok(job) => {
                let launched = job.launch(self);
                job.work(launched).await
            }
            Err(code) => code,
        }
    }
}

/// What the process is there for.
enum Job {
    /// To serve the Runtime API.
    Lambda(Address),
    /// To do what the command line says.
    #[cfg(feature = "local")]
    Command(cli::Command),
}

impl Job {
    fn find(app: &str) -> Result<Self, ExitCode> {
        match Address::from_environment() {
            Some(Ok(address)) => Ok(Job::Lambda(address)),
            Some(Err(text)) => {
                complain(&text);
                Err(ExitCode::FAILURE)
            }
            None => Job::of_command_line(app),
        }
    }

    #[cfg(feature = "local")]
    fn of_command_line(app: &str) -> Result<Self, ExitCode> {
        cli::parse(app, std::env::args_os()).map(Job::Command)
    }

    #[cfg(not(feature = "local"))]
    fn of_command_line(app: &str) -> Result<Self, ExitCode> {
        complain(&format!(
            "{app} was built for Lambda only: the feature `local` of chalice-rt is off, so there is no command line; \
             rebuild it with `--features local`"
        ));
        Err(ExitCode::from(USAGE))
    }

    /// Makes the app ready. What keeps it from starting is printed here, whole.
    fn launch(&self, app: App) -> Result<Service, LaunchReport> {
        log::install(match self {
            Job::Lambda(_) => Place::Lambda,
            #[cfg(feature = "local")]
            Job::Command(_) => Place::Local,
        });
        let launched = app.launch().inspect_err(|report| complain(&report.to_string()));
        if cfg!(panic = "abort") && launched.is_ok() {
            tracing::warn!(
                "built with panic = \"abort\", so a panic ends the process and all that it is doing; cargo-lambda builds \
                 releases so unless Cargo.toml says otherwise. Add these lines to it: `[profile.release]`, and below it \
                 `panic = \"unwind\"`"
            );
        }
        launched
    }

    fn work(self, launched: Result<Service, LaunchReport>) -> Work {
        Box::pin(async {
            match (self, launched) {
                (Job::Lambda(address), Ok(service)) => lambda::serve(service, address).await,
                (Job::Lambda(address), Err(report)) => lambda::launch_failed(&report, address).await,
                #[cfg(feature = "local")]
                (Job::Command(command), Ok(service)) => cli::execute(service, command).await,
                #[cfg(feature = "local")]
                (Job::Command(_), Err(_)) => ExitCode::FAILURE,
            }
        })
    }
}

/// Several for a managed instance that wants invocations to run at once.
fn threads_of_lambda() -> Threads {
    #[cfg(feature = "concurrency-tokio")]
    if lambda::concurrency() > 1 {
        return Threads::SEVERAL;
    }
    Threads::ONE
}

fn complain(text: &str) {
    // An error that stderr does not take cannot be reported anywhere.
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
}
