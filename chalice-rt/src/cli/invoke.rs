//! `invoke`: sends one event to a handler.

use std::io::Read;
use std::path::Path;

use bytes::Bytes;
use serde::de::IgnoredAny;

use super::args::Invoke;
use super::{Failed, output};
use crate::app::{InvocationError, Service, Target, TimeToEnd};
use crate::context::Context;
use crate::error::Error;
use crate::json::json_fault;

/// Prints the answer, or the error as Lambda would show it.
pub(super) async fn one(service: Service, asked: &Invoke) -> Result<(), Failed> {
    let target = match &asked.name {
        Some(name) => service.target(name).map_err(Failed::usage)?,
        None => Target::ByShape,
    };
    let event = read(&asked.event)?;
    service.set_up().await.map_err(failed)?;
    let context = Context::off_lambda(service.name(), "local-1".to_owned());
    let outcome = service.handle_quietly(target, event, context).await;
    service.shut_down(TimeToEnd::LOCAL).await;
    let answer = outcome.map_err(failed)?;
    output::print(&format!("{}\n", String::from_utf8_lossy(&answer)))
}

/// The error as Lambda would show it, followed by its sources, which on Lambda are only in the log.
fn failed(error: Error) -> Failed {
    let report = error.report();
    let causes = report.strip_prefix(&error.to_string()).unwrap_or_default().to_owned();
    // Two strings always serialise.
    let shown = serde_json::to_string(&InvocationError::from(error)).unwrap_or_default();
    Failed::failure(shown + &causes)
}

fn read(path: &Path) -> Result<Bytes, Failed> {
    let name = path.display();
    let event = bytes_of(path)
        .map_err(|error| Failed::failure(format!("cannot read the event `{name}`: {error}")))?;
    let event = without_mark(event.into());
    serde_json::from_slice::<IgnoredAny>(&event).map_err(|error| {
        Failed::failure(format!("the event `{name}` is not JSON: {}", json_fault(&error)))
    })?;
    Ok(event)
}

/// Removes a byte order mark, which some editors write.
fn without_mark(event: Bytes) -> Bytes {
    if event.starts_with(b"\xef\xbb\xbf") { event.slice(3..) } else { event }
}

fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return std::fs::read(path);
    }
    let mut event = Vec::new();
    std::io::stdin().lock().read_to_end(&mut event)?;
    Ok(event)
}
