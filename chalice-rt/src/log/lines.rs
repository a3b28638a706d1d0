//! The layer that writes one line per event, with the fields of the spans around it.

use std::io::Write as _;

use serde_json::{Map, Value};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::{LookupSpan, Scope};

use super::append::{Appended, is_invocation};
use super::fields::{Fields, Recorded};
use super::line::{Around, Line, joined};
use super::{json, text};

/// The format of lines, which determines the stream.
#[derive(Debug, Clone, Copy)]
pub(super) enum Format {
    /// One JSON object, to stdout.
    Json,
    /// Text without time and colours, to stdout. CloudWatch adds the time.
    Plain,
    /// Text for people, to stderr.
    Readable { colours: bool },
}

/// The subscriber layer that writes the lines.
#[derive(Debug)]
pub(super) struct Lines {
    format: Format,
    filter: Targets,
}

impl Lines {
    pub(super) fn new(format: Format, filter: Targets) -> Self {
        Lines { format, filter }
    }

    fn write(&self, line: &Line<'_>) {
        let text = match self.format {
            Format::Json => json::line(line),
            Format::Plain => text::line(line, text::Look { colours: false, several_lines: false }),
            Format::Readable { colours } => text::line(line, text::Look { colours, several_lines: true }),
        };
        // A closed log must not fail the invocation.
        let _ = match self.format {
            Format::Readable { .. } => std::io::stderr().lock().write_all(text.as_bytes()),
            _ => std::io::stdout().lock().write_all(text.as_bytes()),
        };
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_invocation(metadata)
            || is_sent(metadata)
            || self.filter.would_enable(metadata.target(), metadata.level())
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        let highest = self.filter.iter().map(|(_, level)| level).chain(self.filter.default_level()).max();
        let least = if cfg!(feature = "xray") { LevelFilter::INFO } else { LevelFilter::ERROR };
        Some(highest.unwrap_or(LevelFilter::OFF).max(least))
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().replace(fields);
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        // Values are formatted before the lock is taken: formatting may panic, and a panic is logged.
        let mut recorded = Fields::default();
        record.record(&mut recorded);
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            fields.named.append(&mut recorded.named);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let around = Surroundings::of(event, &context);
        let line = Line {
            metadata: event.metadata(),
            fields: &fields,
            spans: &around.spans,
            request_id: around.request_id.as_deref(),
            appended: &around.appended,
        };
        self.write(&line);
    }
}

/// The filter applies to lines. Spans that are sent to X-Ray pass it.
fn is_sent(metadata: &Metadata<'_>) -> bool {
    #[cfg(feature = "xray")]
    return crate::trace::is_traced(metadata);
    #[cfg(not(feature = "xray"))]
    {
        let _ = metadata;
        false
    }
}

/// The spans around an event.
#[derive(Default)]
struct Surroundings {
    request_id: Option<String>,
    appended: Map<String, Value>,
    spans: Vec<Around>,
}

impl Surroundings {
    fn of<S: Subscriber + for<'a> LookupSpan<'a>>(event: &Event<'_>, context: &Context<'_, S>) -> Self {
        let mut around = Surroundings::default();
        for span in context.event_scope(event).into_iter().flat_map(Scope::from_root) {
            let extensions = span.extensions();
            let fields = extensions.get::<Fields>();
            if is_invocation(span.metadata()) {
                around.request_id = fields.and_then(id_of);
                around.appended = extensions.get().map(|Appended(fields)| fields.clone()).unwrap_or_default();
            } else {
                around
                    .spans
                    .push(Around { name: span.name(), fields: fields.map(joined).unwrap_or_default() });
            }
        }
        around
    }
}

fn id_of(fields: &Fields) -> Option<String> {
    match fields.get("requestId") {
        Some(Recorded::Str(id) | Recorded::Written(id)) => Some(id.clone()),
        _ => None,
    }
}
