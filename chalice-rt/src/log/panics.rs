//! Panics as lines of the log.

use std::panic::{PanicHookInfo, set_hook, take_hook};

/// Logs each panic, instead of the plain text that Rust prints to stderr and that no reader of JSON lines understands.
///
/// A hook that the program has set stays, if it can be told: it holds something, such as the hook before it.
pub(super) fn log_as_lines() {
    let hook = take_hook();
    let is_default = size_of_val(&*hook) == 0;
    set_hook(if is_default { Box::new(log) } else { hook });
}

fn log(panic: &PanicHookInfo<'_>) {
    let text = panic.payload_as_str().unwrap_or("a panic without a message");
    let location = panic.location().map(ToString::to_string);
    tracing::error!(location, "panicked: {text}");
}
