//! The log: a small `tracing` subscriber for Lambda and for local use. A program may install another one.

mod append;
mod escape;
mod fields;
mod json;
mod level;
mod line;
mod lines;
mod panics;
mod text;
mod time;

use std::io::IsTerminal;

use tracing_subscriber::layer::SubscriberExt;

pub use append::append;
pub(crate) use append::invocation;
pub(crate) use escape::escaped;
use lines::{Format, Lines};
pub(crate) use panics::watch_panics;

/// The name of the span around each invocation. Its field `requestId` is in every line.
const INVOCATION: &str = "invocation";

/// The target of that span. It passes every filter, because WARN would lose the request id otherwise.
const INVOCATION_TARGET: &str = "chalice_rt::invocation";

/// The place where the app runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On Lambda, to stdout: JSON if `AWS_LAMBDA_LOG_FORMAT` is `JSON`, else text without colours.
    Lambda,
    /// Off Lambda, to stderr: text, in colours if stderr is a terminal and `NO_COLOR` is not set.
    #[cfg_attr(
        not(feature = "local"),
        expect(dead_code, reason = "without `local` there is no command line")
    )]
    Local,
}

/// Installs the subscriber, unless the program has one.
pub(crate) fn install(place: Place) {
    if tracing::dispatcher::has_been_set() {
        return;
    }
    let (filter, complaint) = level::from_environment();
    let format = format(place);
    let lines = Lines::new(format, filter);
    let subscriber = tracing_subscriber::registry().with(lines);
    #[cfg(feature = "xray")]
    let subscriber = subscriber.with((place == Place::Lambda).then(crate::trace::layer).flatten());
    // If another thread has installed one meanwhile, that one is kept.
    let installed = tracing::subscriber::set_global_default(subscriber).is_ok();
    if installed && matches!(format, Format::Json) {
        panics::log_as_lines();
    }
    if let Some(complaint) = complaint {
        tracing::warn!("{complaint}");
    }
}

fn format(place: Place) -> Format {
    match place {
        Place::Lambda if wants_json() => Format::Json,
        Place::Lambda => Format::Plain,
        Place::Local => Format::Readable { colours: wants_colours() },
    }
}

fn wants_json() -> bool {
    std::env::var("AWS_LAMBDA_LOG_FORMAT").is_ok_and(|format| format.eq_ignore_ascii_case("json"))
}

fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stderr().is_terminal()
}
