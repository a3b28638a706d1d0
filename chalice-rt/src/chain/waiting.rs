//! Threads that may block: which they are, and how they wait for a future.

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

/// Calls a function on this thread and lets it block. A panic in it is an `Err`.
pub(super) fn allowed<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    let before = ALLOWED.replace(true);
    let outcome = catch(call).flatten();
    ALLOWED.set(before);
    outcome
}

/// Awaits a future on this thread. Unlike tokio's `block_on`, it may be nested: nested sync middleware shares one
/// thread.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    let waker = Arc::new(ThreadWaker { thread: thread::current(), woken: AtomicBool::new(false) });
    let as_waker = Waker::from(Arc::clone(&waker));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&as_waker)) {
            return output;
        }
        // A nested wait may have used up the thread's token, so the flag decides.
        while !waker.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct ThreadWaker {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
