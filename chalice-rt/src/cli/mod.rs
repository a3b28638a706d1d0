//! The command line: `local`, `routes`, `chains`, `check`, `invoke`.

mod args;
mod chains;
mod check;
mod described;
mod invoke;
mod listing;
mod output;
mod serve;
mod table;

use std::process::ExitCode;

use crate::app::{LAUNCH_ERROR, Service};
pub(crate) use args::{Command, parse};

/// An exit code and a message: 1 for failures, 2 for wrong usage.
#[derive(Debug)]
struct Failed(u8, String);

impl Failed {
    fn failure(text: impl Into<String>) -> Self {
        Failed(1, text.into())
    }

    fn usage(text: impl Into<String>) -> Self {
        Failed(2, text.into())
    }
}

/// Runs the app's setup.
async fn set_up(service: Service) -> Result<(), Failed> {
    service.set_up().await.map_err(|error| match error.type_name() {
        LAUNCH_ERROR => Failed::failure(error.report()),
        _ => Failed::failure(format!("the setup failed: {}", error.report())),
    })
}

/// Executes a command.
pub(crate) async fn execute(service: Service, command: Command) -> ExitCode {
    let done = match command {
        Command::Local(local) => serve::local(service, &local).await,
        Command::Routes(listing) => listing::print(service.handlers(), listing.json),
        Command::Chains(chains) => chains::print(service, &chains),
        Command::Check(asked) => check::print(service, asked.setup).await,
        Command::Invoke(invoke) => invoke::one(service, &invoke).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(code, text)) => {
            output::complain(&text);
            ExitCode::from(code)
        }
    }
}
