//! While `main` makes the app, a panic is told to whoever waits for the app to start.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::thread;

use crate::error::message_of;
use crate::log::{self, Place};

/// Tells why the app could not be made.
pub(crate) type Tell = fn(&str);

thread_local! {
    static MAKING: RefCell<Option<Making>> = const { RefCell::new(None) };
}

/// An app that this thread makes.
struct Making {
    tell: Tell,
    panic: Option<String>,
}

/// Lasts from `app!` until the app is launched. Dropped by a panic between the two, it tells it.
pub(super) struct Construction {
    watched: bool,
}

impl Construction {
    /// Begins to watch this thread, if there is somebody to tell.
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

/// Keeps the text of a panic: what drops the app by unwinding does not know it.
fn note(info: &PanicHookInfo<'_>) {
    MAKING.with_borrow_mut(|making| {
        let Some(making) = making else { return };
        // Nothing has been logged yet, and nothing but this will be.
        log::install(Place::Lambda);
        let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
        let text = format!(
            "a panic while the app was made: {}{}",
            message_of(info.payload()),
            place.unwrap_or_default()
        );
        if cfg!(panic = "abort") {
            // Nothing is dropped any more.
            (making.tell)(&text);
        }
        making.panic = Some(text);
    });
}
