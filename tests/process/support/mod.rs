//! What the tests from outside share: a fake Runtime API, examples as processes, a small HTTP client.

// Each test binary uses a part of it.
#![allow(dead_code)]

pub mod client;
pub mod events;
pub mod process;
pub mod runtime_api;
pub mod scripted_api;

use std::time::Duration;

/// How long something may take before the test says that it never comes. Nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for something that must come.
pub async fn must<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(value) => value,
        Err(_) => panic!("waited in vain for {what}"),
    }
}
