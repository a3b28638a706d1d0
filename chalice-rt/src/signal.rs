//! Stops the process on SIGTERM and Ctrl-C.

#[cfg(unix)]
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;

/// Whether a signal has arrived. The second one then ends the process at once.
static ASKED: AtomicBool = AtomicBool::new(false);

/// How long the runtime may take to notice a signal before the watchdog ends the process.
const PATIENCE: Duration = Duration::from_millis(400);

/// Tells whether the process is to stop. Clones share the state.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Sender<bool>);

impl Stop {
    /// Starts to listen. From here on the first signal only requests a stop, and the second ends the process at once.
    pub(crate) fn listen() -> Self {
        let stop = Stop(watch::Sender::new(false));
        match Signals::new() {
            Ok(signals) => drop(tokio::spawn(forward(signals, stop.clone()))),
            Err(error) => tracing::warn!("cannot listen to signals: {error}"),
        }
        stop
    }

    /// Waits until the process is to stop.
    pub(crate) async fn asked(&self) {
        // `wait_for` fails only if the sender is gone, and `self` holds it.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }

    /// Asks the process to stop, as a signal would.
    pub(crate) fn ask(&self) {
        self.0.send_replace(true);
    }
}

async fn forward(mut signals: Signals, stop: Stop) {
    if signals.next().await {
        stop.ask();
    }
    #[cfg(not(unix))]
    if signals.next().await {
        std::process::exit(130);
    }
}

/// Ends the process after a signal if a blocked thread keeps the runtime from noticing it. Dropping it stops the watch.
#[derive(Debug)]
pub(crate) struct Watchdog {
    is_over: Arc<AtomicBool>,
}

impl Watchdog {
    /// Starts the watch. If no thread can be started, there is no watch, and a second signal is needed.
    pub(crate) fn start() -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&is_over);
        let lasts = move || {
            thread::sleep(PATIENCE);
            !watched.load(Ordering::Relaxed)
        };
        let watch = move || {
            while lasts() {
                if ASKED.load(Ordering::SeqCst) && lasts() {
                    std::process::exit(0);
                }
            }
        };
        let _ = thread::Builder::new().name("signal-watchdog".to_owned()).spawn(watch);
        Watchdog { is_over }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// Receives a byte for each signal. tokio's own signal driver would allocate for 65 signals at start.
#[cfg(unix)]
struct Signals(tokio::net::UnixStream);

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::flag;
        use signal_hook::low_level::pipe;
        let (told, tells) = std::os::unix::net::UnixStream::pair()?;
        told.set_nonblocking(true)?;
        for signal in [SIGTERM, SIGINT] {
            // The order matters: the first signal finds the flag unset and sets it for the second.
            flag::register_conditional_default(signal, &ASKED)?;
            flag::register(signal, &ASKED)?;
            pipe::register(signal, tells.try_clone()?)?;
        }
        tokio::net::UnixStream::from_std(told).map(Signals)
    }

    async fn next(&mut self) -> bool {
        loop {
            if self.0.readable().await.is_err() {
                return false;
            }
            match self.0.try_read(&mut [0]) {
                Ok(bytes) => return bytes > 0,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => return false,
            }
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Signals)
    }

    async fn next(&mut self) -> bool {
        let arrived = tokio::signal::ctrl_c().await.is_ok();
        ASKED.store(arrived, Ordering::SeqCst);
        arrived
    }
}
