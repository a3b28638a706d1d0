//! Spans whose names are known only at launch. `tracing`'s macros need them at compile time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing::callsite::{self, Callsite, Identifier};
use tracing::field::{Empty, FieldSet, Value};
use tracing::level_filters::LevelFilter;
use tracing::metadata::Kind;
use tracing::subscriber::Interest;
use tracing::{Level, Metadata, Span};

/// The target of the spans around middleware.
const TARGET: &str = "chalice_rt::trace";

/// Characters that X-Ray does not take in names.
const NOT_IN_NAMES: &[char] = &['?', ';', '*', '(', ')', '!', '$', '~', '^', '<', '>'];

const FIELDS: &[&str] = &["handler", "request_id", "short_circuit", "error", "annotations", "metadata"];

/// The callsite of spans `## name`. `tracing` needs it to live as long as the process.
#[derive(Clone, Copy)]
pub(crate) struct SpanSite(&'static Site);

struct Site {
    metadata: OnceLock<Metadata<'static>>,
    interest: AtomicU8,
}

impl SpanSite {
    /// The callsite for this name. There is one per name.
    pub(crate) fn named(name: &str) -> Self {
        static SITES: Mutex<Option<HashMap<String, SpanSite>>> = Mutex::new(None);
        let mut sites = SITES.lock().unwrap_or_else(PoisonError::into_inner);
        *sites.get_or_insert_default().entry(name.to_owned()).or_insert_with(|| SpanSite::new(name))
    }

    fn new(name: &str) -> Self {
        let name = format!("## {}", name.replace(NOT_IN_NAMES, "")).leak();
        let site: &'static Site =
            Box::leak(Box::new(Site { metadata: OnceLock::new(), interest: AtomicU8::new(SOMETIMES) }));
        site.metadata.get_or_init(|| {
            let fields = FieldSet::new(FIELDS, Identifier(site));
            Metadata::new(name, TARGET, Level::INFO, None, None, None, fields, Kind::SPAN)
        });
        callsite::register(site);
        SpanSite(site)
    }

    /// A span within the current one. Disabled if no subscriber wants it.
    pub(crate) fn open(self, handler: &str, request_id: &str) -> Span {
        let metadata = self.0.metadata();
        if !self.0.is_enabled(metadata) {
            return Span::none();
        }
        let values: [Option<&dyn Value>; FIELDS.len()] =
            [Some(&handler), Some(&request_id), Some(&Empty), Some(&Empty), Some(&Empty), Some(&Empty)];
        Span::new(metadata, &metadata.fields().value_set_all(&values))
    }
}

/// Whether a span is that of a traced middleware.
pub(crate) fn is_traced(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target() == TARGET
}

const NEVER: u8 = 0;
const SOMETIMES: u8 = 1;
const ALWAYS: u8 = 2;

impl Site {
    fn is_enabled(&self, metadata: &'static Metadata<'static>) -> bool {
        if LevelFilter::current() < *metadata.level() {
            return false;
        }
        match self.interest.load(Ordering::Relaxed) {
            NEVER => false,
            ALWAYS => true,
            _ => tracing::dispatcher::get_default(|dispatch| dispatch.enabled(metadata)),
        }
    }
}

impl Callsite for Site {
    fn set_interest(&self, interest: Interest) {
        let interest = match interest {
            _ if interest.is_never() => NEVER,
            _ if interest.is_always() => ALWAYS,
            _ => SOMETIMES,
        };
        self.interest.store(interest, Ordering::Relaxed);
    }

    fn metadata(&self) -> &Metadata<'static> {
        self.metadata.get().unwrap_or_else(|| unreachable!("set before the site is registered"))
    }
}
