//! `App::run` and `App::serve`. On Lambda they serve the Runtime API, elsewhere they execute a command line.

use std::io::Write;
use std::process::ExitCode;

use tokio::runtime::Handle;

use crate::app::{App, LaunchReport, Service};
use crate::chain::{Threads, Work};
#[cfg(feature = "local")]
use crate::cli;
use crate::lambda::{self, Address};
use crate::log::{self, Place};

/// The exit code for wrong usage.
const USAGE: u8 = 2;

impl App {
    /// Runs the app. On Lambda it serves invocations. Elsewhere it executes a command line, which serves HTTP on this
    /// machine, lists the handlers or invokes them (`--help` shows how).
    ///
    /// It starts a tokio runtime. The runtime has one thread, or several if a handler or a middleware is a plain `fn`,
    /// or if a Lambda Managed Instance runs invocations concurrently and the feature `concurrency-tokio` is on. Inside
    /// a runtime call [`App::serve`] instead; `run` fails there with exit code 2.
    ///
    /// It installs a `tracing` subscriber, unless the program has installed one. The level is that of
    /// `AWS_LAMBDA_LOG_LEVEL`, else of `RUST_LOG`, else INFO.
    ///
    /// The exit code is 0 for success, 1 if the app cannot start or an invocation from the command line failed, 2 for
    /// an invalid command line.
    ///
    /// The trace header of an invocation is in its [`Context`](crate::Context). The variable `_X_AMZN_TRACE_ID` is not
    /// set, because invocations may run concurrently.
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
    /// Prefer a multi-thread runtime if handlers or middleware are plain `fn`s: they cost less there.
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

/// The task of the process.
enum Job {
    /// Serve the Runtime API.
    Lambda(Address),
    /// Execute the command line.
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

    /// Launches the app. Prints the whole launch report if it cannot start.
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

/// Several for a Lambda Managed Instance that runs invocations concurrently.
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
