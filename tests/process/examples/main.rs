//! The examples as programs: each is started as a process, as a user or as Lambda would start it.

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod hostile_client;
mod lambda;
mod local;
mod observing;
mod programs;

use support::client::Connection;
use support::process::{Done, Process, example, run};

/// Runs a command of an example to its end.
async fn command(name: &str, arguments: &[&str], stdin: &str) -> Done {
    let mut command = example(name);
    command.args(arguments);
    run(command, stdin).await
}

/// Starts the server of an example on any free port; gives its address, too.
async fn serve(name: &str, arguments: &[&str]) -> (Process, String) {
    let mut command = example(name);
    command.args(["local", "--port", "0"]).args(arguments);
    let server = Process::start(command);
    let line = server.stdout.line("listening on http://").await;
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address");
    (server, address.to_owned())
}

/// Starts the server of an example, and connects to it.
async fn connected(name: &str) -> (Process, Connection) {
    let (server, address) = serve(name, &[]).await;
    (server, Connection::open(&address).await)
}
