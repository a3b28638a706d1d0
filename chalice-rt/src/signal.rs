//! When the process is asked to stop: SIGTERM, or Ctrl-C.

#[cfg(unix)]
use std::io::ErrorKind;

use tokio::sync::watch;

/// Knows whether the process was asked to stop; its clones learn it together.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<u32>);

impl Stop {
    /// Starts to listen. From here on neither signal ends the process by itself.
    pub(crate) fn listen() -> Self {
        let (sender, receiver) = watch::channel(0);
        match Signals::new() {
            Ok(signals) => drop(tokio::spawn(count(signals, sender))),
            Err(error) => tracing::warn!("cannot listen to signals: {error}"),
        }
        Stop(receiver)
    }

    /// Waits until the process is asked to stop.
    pub(crate) async fn asked(&self) {
        self.at_least(1).await;
    }

    /// Waits until the process is asked a second time, by somebody who will not wait.
    #[cfg(feature = "local")]
    pub(crate) async fn insisted(&self) {
        self.at_least(2).await;
    }

    async fn at_least(&self, times: u32) {
        // An error means that no signal can be listened to: then nobody ever asks.
        if self.0.clone().wait_for(|asked| *asked >= times).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

async fn count(mut signals: Signals, sender: watch::Sender<u32>) {
    while signals.next().await {
        sender.send_modify(|asked| *asked += 1);
    }
}

/// A byte for each signal. tokio's own signals would make each runtime ready for all 65 of them when it starts.
#[cfg(unix)]
struct Signals(tokio::net::UnixStream);

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::low_level::pipe;
        let (told, tells) = std::os::unix::net::UnixStream::pair()?;
        told.set_nonblocking(true)?;
        pipe::register(SIGTERM, tells.try_clone()?)?;
        pipe::register(SIGINT, tells)?;
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
        tokio::signal::ctrl_c().await.is_ok()
    }
}
