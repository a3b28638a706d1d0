//! The grammar of the command line, and its help.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

/// The parsed command line.
#[derive(Debug, Parser)]
#[command(about = "Serves the handlers of this app on this machine, and shows and invokes them.", long_about = None)]
#[command(args_conflicts_with_subcommands = true, after_help = EXAMPLES, max_term_width = 100)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    local: Local,
}

/// One of the commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the routes over HTTP (the default)
    #[command(after_help = LOCAL_EXAMPLES)]
    Local(Local),
    /// List routes and other handlers
    Routes(Listing),
    /// Show the middleware around each handler, outermost first
    #[command(after_help = CHAINS_EXAMPLES)]
    Chains(Chains),
    /// Look for mistakes: launch errors, ambiguous orders, exclusions and middleware in vain
    Check(Check),
    /// Send an event through a handler and print its answer
    #[command(after_help = INVOKE_EXAMPLES)]
    Invoke(Invoke),
}

/// The arguments of `local`.
#[derive(Debug, Args)]
pub(crate) struct Local {
    /// The address to listen on; other machines can connect to any but the default
    #[arg(long, default_value = "127.0.0.1")]
    pub(super) host: String,
    /// The port, 0 for any free one [default: 8000, or the next free one]
    #[arg(long)]
    pub(super) port: Option<u16>,
    /// Another name that a request's Host may be, as in a container; may be repeated, * for any
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
}

/// The arguments of `routes`.
#[derive(Debug, Args)]
pub(crate) struct Listing {
    /// Print JSON, with all settings
    #[arg(long)]
    pub(super) json: bool,
}

/// The arguments of `chains`.
#[derive(Debug, Args)]
pub(crate) struct Chains {
    /// A handler: name, module::name or "GET /path"; all without
    pub(super) name: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "mermaid")]
    pub(super) json: bool,
    /// Print a flowchart for documents, in the language of Mermaid
    #[arg(long)]
    pub(super) mermaid: bool,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Run the app's setup as well, as the start does
    #[arg(long)]
    pub(super) setup: bool,
}

/// The arguments of `invoke`.
#[derive(Debug, Args)]
pub(crate) struct Invoke {
    /// The handler: name, module::name or "GET /path"; without, the event's shape decides
    pub(super) name: Option<String>,
    /// The file with the event's JSON, - for stdin
    #[arg(long, value_name = "FILE")]
    pub(super) event: PathBuf,
}

const EXAMPLES: &str = "Examples:
  {bin}                                    serve on http://127.0.0.1:8000
  {bin} --port 3000                        serve on another port
  {bin} routes                             list the handlers
  {bin} chains                             show the middleware around each
  {bin} invoke --event event.json          send an event, by its shape
  {bin} invoke my_handler --event event.json";

const LOCAL_EXAMPLES: &str = "Examples:
  {bin} local --port 3000
  {bin} local --host 0.0.0.0 --port 0
  {bin} local --host 0.0.0.0 --allow-host app    as `app` in a network of containers";

const CHAINS_EXAMPLES: &str = "Examples:
  {bin} chains                             all, as trees
  {bin} chains \"GET /users/{id}\"          that of one method of a route
  {bin} chains --mermaid > chains.mmd      a flowchart

A middleware with - instead of a number is left out, for the reason at the end of its line.";

const INVOKE_EXAMPLES: &str = "Examples:
  {bin} invoke --event event.json          the event's shape finds the handler
  {bin} invoke my_handler --event event.json
  echo '{}' | {bin} invoke my_handler --event -

Exit code: 0 if the handler answered, 1 if the invocation failed.";

/// Parses the command line. `Err` after printing help, the version or a mistake, with the exit code.
pub(crate) fn parse(app: &str, arguments: impl IntoIterator<Item = OsString>) -> Result<Command, ExitCode> {
    let matches = command(app).try_get_matches_from(arguments);
    let line = matches.and_then(|matches| Line::from_arg_matches(&matches));
    let Line { command, local } = line.map_err(|told| told_instead(&told))?;
    Ok(command.unwrap_or(Command::Local(local)))
}

fn command(app: &str) -> clap::Command {
    let version = concat!("(chalice-rt ", env!("CARGO_PKG_VERSION"), ")");
    let help = |text: &str| text.replace("{bin}", app);
    Line::command()
        .bin_name(app)
        .display_name(app)
        .version(version)
        .disable_version_flag(true)
        .arg(version_flag())
        .after_help(help(EXAMPLES))
        .mut_subcommand("local", |local| local.after_help(help(LOCAL_EXAMPLES)))
        .mut_subcommand("chains", |chains| chains.after_help(help(CHAINS_EXAMPLES)))
        .mut_subcommand("invoke", |invoke| invoke.after_help(help(INVOKE_EXAMPLES)))
}

/// `-V`, which many type as `-v`.
fn version_flag() -> Arg {
    Arg::new("version")
        .short('V')
        .visible_short_alias('v')
        .long("version")
        .action(ArgAction::Version)
        .help("Print version")
}

/// The exit code: help and version are successes, everything else is a mistake.
fn told_instead(told: &clap::Error) -> ExitCode {
    // A closed pipe is not worth an error.
    let _ = told.print();
    ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, ExitCode> {
        parse("demo", line.split(' ').map(OsString::from))
    }

    #[test]
    fn the_grammar_holds_together() {
        command("demo").debug_assert();
    }

    #[test]
    fn serving_is_the_default_with_or_without_its_word() {
        for line in ["demo --port 0", "demo local --port 0"] {
            assert!(matches!(parsed(line), Ok(Command::Local(Local { port: Some(0), .. }))), "{line}");
        }
        assert!(matches!(parsed("demo"), Ok(Command::Local(Local { port: None, .. }))));
    }

    #[test]
    fn an_event_is_asked_for() {
        assert!(parsed("demo invoke tick").is_err());
        assert!(matches!(parsed("demo invoke --event -"), Ok(Command::Invoke(Invoke { name: None, .. }))));
    }
}
