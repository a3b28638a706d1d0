//! When the process is asked to stop: SIGTERM, or Ctrl-C.

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

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> bool {
        tokio::select! {
            got = self.terminate.recv() => got.is_some(),
            got = self.interrupt.recv() => got.is_some(),
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
