//! Keeps the finished spans of an invocation and sends them in one go, before Lambda freezes the process.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use opentelemetry_http::hyper::HyperClient;
use opentelemetry_otlp::{SpanExporter, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanExporter as _, SpanProcessor};

/// The timeout of the collector, which runs in the same environment.
const PATIENCE: Duration = Duration::from_secs(1);

/// The most spans kept between two flushes.
const MOST: usize = 2048;

static SENDER: OnceLock<Sender> = OnceLock::new();

struct Sender {
    finished: Finished,
    /// Exporters must not be called concurrently.
    exporter: tokio::sync::Mutex<SpanExporter>,
}

/// The spans that wait to be sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Finished(Arc<Mutex<Vec<SpanData>>>);

/// Makes the sender, once. `None` if that fails, after a message to stderr.
pub(super) fn install(resource: &Resource) -> Option<Finished> {
    let client = HyperClient::with_default_connector(PATIENCE, None);
    let mut exporter = match SpanExporter::builder().with_http().with_http_client(client).build() {
        Ok(exporter) => exporter,
        Err(error) => {
            // The log is not installed yet.
            eprintln!("spans cannot be sent over OTLP: {error}");
            return None;
        }
    };
    exporter.set_resource(resource);
    let finished = Finished::default();
    let sender = Sender { finished: finished.clone(), exporter: tokio::sync::Mutex::new(exporter) };
    SENDER.set(sender).is_ok().then_some(finished)
}

pub(super) fn is_installed() -> bool {
    SENDER.get().is_some()
}

/// Sends the finished spans. If the collector does not answer, it logs a warning.
pub(in super::super) async fn flush() {
    let Some(sender) = SENDER.get() else { return };
    let spans = sender.finished.take();
    if spans.is_empty() {
        return;
    }
    let exporter = sender.exporter.lock().await;
    if let Err(error) = exporter.export(spans).await {
        tracing::warn!("spans were not sent over OTLP: {error}");
    }
}

impl Finished {
    fn take(&self) -> Vec<SpanData> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl SpanProcessor for Finished {
    fn on_start(&self, _span: &mut Span, _context: &opentelemetry::Context) {}

    fn on_end(&self, span: SpanData) {
        let mut finished = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if span.span_context.is_sampled() && finished.len() < MOST {
            finished.push(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }
}
