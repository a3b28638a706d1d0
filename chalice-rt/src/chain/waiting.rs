//! Threads that may block, and how they wait for a future.

use std::cell::Cell;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use crate::error::{Result, catch};

thread_local! {
    static ALLOWED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a sync handler or middleware, so that it may block.
pub(super) fn is_allowed() -> bool {
    ALLOWED.get()
}

/// Calls it on this thread, which may block meanwhile. A panic in it is an `Err`.
pub(super) fn allowed<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    let before = ALLOWED.replace(true);
    let outcome = catch(call).flatten();
    ALLOWED.set(before);
    outcome
}

/// Awaits a future on this thread. Unlike tokio's own, it may stand within itself: sync around sync is one thread.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    let alarm = Arc::new(Alarm { thread: thread::current(), rung: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        // One within this may have taken the thread's token, so the alarm itself is asked.
        while !alarm.rung.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Alarm {
    thread: Thread,
    rung: AtomicBool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
