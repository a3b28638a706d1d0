//! Reports a panic in `main` between `app!` and the launch.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::thread;

use crate::error::message_of;
use crate::log::{self, Place};

/// Reports the reason why the app could not be made.
pub(crate) type Tell = fn(&str);

thread_local! {
    static MAKING: RefCell<Option<Making>> = const { RefCell::new(None) };
}

/// The app that this thread is making.
struct Making {
    tell: Tell,
    panic: Option<String>,
}

/// Lives from `app!` until the app is launched. If a panic drops it before, it reports the panic.
pub(super) struct Construction {
    watched: bool,
}

impl Construction {
    /// Watches this thread, if a panic is to be reported.
    pub(super) fn begin(tell: Option<Tell>) -> Self {
        if let Some(tell) = tell {
            MAKING.set(Some(Making { tell, panic: None }));
            log::watch_panics(note);
        }
        Construction { watched: tell.is_some() }
    }
}

impl Drop for Construction {
    fn drop(&mut self) {
        if self.watched
            && let Some(Making { tell, panic: Some(text) }) = MAKING.take()
            && thread::panicking()
        {
            tell(&text);
        }
    }
}

/// Keeps the text of a panic, which `Drop` cannot see.
fn note(info: &PanicHookInfo<'_>) {
    MAKING.with_borrow_mut(|making| {
        let Some(making) = making else { return };
        // The launch installs the log, and it will not happen.
        log::install(Place::Lambda);
        let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
        let text = format!(
            "a panic while the app was made: {}{}",
            message_of(info.payload()),
            place.unwrap_or_default()
        );
        if cfg!(panic = "abort") {
            // With `panic = "abort"` the process ends without dropping anything.
            (making.tell)(&text);
        }
        making.panic = Some(text);
    });
}
