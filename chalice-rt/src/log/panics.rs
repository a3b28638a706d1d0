//! Panics as lines of the log.

use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::message_of;

/// Whether the log has the form of JSON, so that a panic in plain text would be no line of it.
static AS_LINES: AtomicBool = AtomicBool::new(false);

/// From now on a panic is a line of the log, instead of the plain text that Rust prints to stderr.
pub(super) fn log_as_lines() {
    AS_LINES.store(true, Ordering::Relaxed);
    watch_panics(|_| {});
}

/// Tells each panic to a function, once for the whole process: the first one that asks. Then it is printed or logged.
///
/// A hook that the program has set stays as it is, if it can be told from Rust's own: it holds something, such as the
/// hook before it.
pub(crate) fn watch_panics(note: fn(&PanicHookInfo<'_>)) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        let is_default = size_of_val(&*before) == 0;
        set_hook(Box::new(move |panic| {
            note(panic);
            if is_default && AS_LINES.load(Ordering::Relaxed) {
                log(panic);
            } else {
                before(panic);
            }
        }));
    });
}

fn log(panic: &PanicHookInfo<'_>) {
    let location = panic.location().map(ToString::to_string);
    tracing::error!(location, "panicked: {}", message_of(panic.payload()));
}
