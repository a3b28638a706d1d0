//! The spans of traced middleware, sent over OTLP for AWS X-Ray.
//!
//! A collector (such as the AWS Distro for OpenTelemetry's Lambda layer, on `localhost:4318`) makes them subsegments of
//! the segment that Lambda makes for the invocation.

mod header;
mod notes;
mod sender;

use opentelemetry::Context;
use opentelemetry::trace::{FutureExt, TraceContextExt, TracerProvider};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

use super::site::is_traced;
pub(super) use notes::{attach, fail};
pub(super) use sender::flush;

/// The subscriber layer that keeps finished spans until [`flush`]. It keeps those of sampled invocations only.
pub(crate) fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> Option<impl Layer<S>> {
    let function = std::env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
    let resource = Resource::builder().with_service_name(function).build();
    let processor = sender::install(&resource)?;
    let provider = SdkTracerProvider::builder()
        .with_resource(resource)
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOff)))
        .with_span_processor(processor)
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("chalice_rt"))
        .with_location(false)
        .with_target(false)
        .with_threads(false);
    Some(layer.with_filter(filter_fn(is_traced)))
}

/// Makes the header's segment the parent of the spans opened within the future.
pub(super) fn within<F: Future>(header: Option<&str>, future: F) -> impl Future<Output = F::Output> {
    let segment = header.and_then(header::segment);
    let context =
        segment.map_or_else(Context::new, |segment| Context::new().with_remote_span_context(segment));
    future.with_context(context)
}

/// Wraps a call for another thread, so that its spans have the same parent as here.
pub(super) fn carried<T>(call: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let context = Context::current();
    move || {
        let _attached = context.attach();
        call()
    }
}
