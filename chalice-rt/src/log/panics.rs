//! Panics as lines of the log.

use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::message_of;

/// Whether the log is JSON, so that a panic in plain text would break it.
static AS_LINES: AtomicBool = AtomicBool::new(false);

/// Makes panics lines of the log, in place of Rust's text on stderr.
pub(super) fn log_as_lines() {
    AS_LINES.store(true, Ordering::Relaxed);
    watch_panics(|_| {});
}

/// Calls a function at each panic, before it is printed or logged. Only the first call in a process has an effect.
///
/// It keeps a panic hook of the program, if that can be told from Rust's own: it is not zero-sized.
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
