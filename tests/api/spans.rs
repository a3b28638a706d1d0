//! Spans around middleware: their names, their fields, what is noted on them, and that none is there unless asked for.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code)]
#[path = "../../examples/factory.rs"]
mod factory;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::process::Command;
use std::sync::{Arc, Mutex};

use chalice_rt::observe::TraceHandlers;
use chalice_rt::prelude::*;
use chalice_rt::trace;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context as LayerContext, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

#[middleware_factory(trace_execution)]
async fn obfuscate(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>, stop: bool) -> Result<Value> {
    trace::annotate("stops", stop);
    if stop { Ok(json!("stopped")) } else { next.run(event).await }
}

#[middleware_factory(trace_execution)]
fn slowly(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    tracing::info!("in slowly");
    next.run_blocking(event)
}

#[middleware_factory]
async fn mark<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

#[middleware_factory(trace_execution = false)]
async fn quiet(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
    next.run(event).await
}

#[lambda_function(middleware = [mark(), obfuscate(false), quiet()])]
async fn plain(_event: Value) -> Value {
    tracing::info!("in the handler");
    trace::annotate("id", 7);
    trace::metadata("seen", json!({"rows": [1, 2]}));
    json!(1)
}

#[lambda_function(middleware = [obfuscate(true)])]
async fn stopped(_event: Value) -> Value {
    json!(1)
}

#[lambda_function(middleware = [slowly(), obfuscate(false)])]
fn sync(_event: Value) -> Value {
    tracing::info!("in the sync handler");
    trace::annotate("sync", true);
    json!(1)
}

#[lambda_function(middleware = [mark()])]
async fn untraced(_event: Value) -> Value {
    trace::annotate("id", 7);
    json!(1)
}

#[lambda_function(middleware = [TraceHandlers::new().capture_response(true)])]
async fn captured(event: Value) -> Result<Value> {
    if event.is_null() { Err(NotFoundError::new("no such thing").into()) } else { Ok(event) }
}

#[get("/hidden", middleware = [TraceHandlers::new()])]
async fn hidden() -> Result<String> {
    Err("secret".into())
}

/// A span that is closed, or an event, with its fields and the names of the spans around it, outermost first.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    name: String,
    fields: BTreeMap<String, String>,
    around: Vec<String>,
}

/// Keeps what it sees of the crate's spans and this test's events.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Seen>>>);

#[derive(Default)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: LayerContext<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        context.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: LayerContext<'_, S>) {
        values.record(context.span(id).unwrap().extensions_mut().get_mut::<Fields>().unwrap());
    }

    fn on_event(&self, event: &tracing::Event<'_>, context: LayerContext<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let name = fields.0.remove("message").unwrap_or_default();
        let scope = context.event_scope(event).into_iter().flat_map(|scope| scope.from_root());
        let around = scope.map(|span| span.name().to_owned()).filter(|name| name.starts_with("##")).collect();
        self.0.lock().unwrap().push(Seen { name, fields: fields.0, around });
    }

    fn on_close(&self, id: Id, context: LayerContext<'_, S>) {
        let span = context.span(&id).unwrap();
        let fields = span.extensions_mut().remove::<Fields>().unwrap_or_default().0;
        let around = span.parent().into_iter().flat_map(|span| span.scope().from_root());
        let around =
            around.map(|span| span.name().to_owned()).filter(|name| name.starts_with("##")).collect();
        self.0.lock().unwrap().push(Seen { name: span.name().to_owned(), fields, around });
    }
}

impl Collector {
    /// The span or event of this name.
    fn one(&self, name: &str) -> Seen {
        let seen = self.0.lock().unwrap();
        let found: Vec<&Seen> = seen.iter().filter(|seen| seen.name == name).collect();
        assert_eq!(found.len(), 1, "`{name}` among {seen:#?}");
        found[0].clone()
    }

    fn spans(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.lock().unwrap().iter().map(|seen| seen.name.clone()).collect();
        names.retain(|name| name.starts_with("##"));
        names
    }
}

impl Seen {
    fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    fn json(&self, name: &str) -> Value {
        self.field(name).map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
    }
}

/// Runs on this thread with a collector for all that it starts.
async fn watched<T>(run: impl Future<Output = T>) -> (Collector, T) {
    use tracing::instrument::WithSubscriber;
    let collector = Collector::default();
    let subscriber = tracing_subscriber::registry().with(collector.clone());
    let answer = run.with_subscriber(subscriber).await;
    (collector, answer)
}

async fn invoke(name: &str, event: Value) -> Collector {
    let (collector, _) = watched(async { TestClient::new(app!()).invoke(name, &event).await }).await;
    collector
}

#[tokio::test]
async fn a_span_surrounds_a_traced_middleware_and_all_inside_it() {
    let seen = invoke("plain", json!({})).await;
    assert_eq!(seen.spans(), ["## obfuscate"]);
    assert_eq!(seen.one("in the handler").around, ["## obfuscate"]);
    let span = seen.one("## obfuscate");
    assert_eq!((span.field("handler"), span.field("short_circuit")), (Some("plain"), Some("false")));
    assert!(span.field("request_id").is_some_and(|id| id.starts_with("00000000")), "{span:?}");
}

#[tokio::test]
async fn the_example_factory_has_the_spans_that_its_header_says() {
    let event = json!({"name": "Ada", "email": "ada@example.org"});
    let run = async { TestClient::new(app!()).invoke("lambda_handler", &event).await };
    let (seen, answer) = watched(run).await;
    assert_eq!(answer.unwrap(), json!({"name": "Ada", "email": "***************", "audited": true}));
    assert_eq!(seen.spans(), ["## obfuscate"]);
    assert_eq!(seen.one("## obfuscate").field("handler"), Some("lambda_handler"));
}

#[tokio::test]
async fn what_is_noted_inside_arrives_on_the_span() {
    let span = invoke("plain", json!({})).await.one("## obfuscate");
    assert_eq!(span.json("annotations"), json!({"stops": false, "id": 7}));
    assert_eq!(span.json("metadata"), json!({"seen": {"rows": [1, 2]}}));
}

#[tokio::test]
async fn a_span_tells_that_its_middleware_answered_itself() {
    let span = invoke("stopped", json!({})).await.one("## obfuscate");
    assert_eq!((span.field("handler"), span.field("short_circuit")), (Some("stopped"), Some("true")));
    assert_eq!(span.json("annotations"), json!({"stops": true}));
}

#[tokio::test]
async fn sync_middleware_and_handlers_are_within_their_spans_on_one_thread() {
    sync_is_traced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_middleware_and_handlers_are_within_their_spans_on_several_threads() {
    sync_is_traced().await;
}

async fn sync_is_traced() {
    let seen = invoke("sync", json!({})).await;
    assert_eq!(seen.one("in slowly").around, ["## slowly"]);
    assert_eq!(seen.one("in the sync handler").around, ["## slowly", "## obfuscate"]);
    assert_eq!(seen.one("## slowly").field("short_circuit"), Some("false"));
    assert_eq!(seen.one("## obfuscate").json("annotations"), json!({"stops": false, "sync": true}));
}

#[tokio::test]
async fn where_nothing_is_traced_there_is_no_span_and_notes_do_nothing() {
    assert_eq!(invoke("untraced", json!({})).await.spans(), [""; 0]);
}

#[tokio::test]
async fn a_tracer_around_a_handler_captures_as_it_is_told() {
    let span = invoke("captured", json!({"a": 1})).await.one("## captured");
    assert_eq!(span.json("metadata"), json!({"captured response": {"a": 1}}));
    assert!(span.json("annotations")["ColdStart"].is_boolean());
    assert!(span.json("annotations")["Service"].is_string());
    let span = invoke("captured", Value::Null).await.one("## captured");
    assert_eq!(span.json("metadata"), json!({"captured error": "no such thing"}));
    assert_eq!(span.field("error"), Some("NotFoundError"));

    let (seen, _) = watched(async { TestClient::new(app!()).get("/hidden").send().await }).await;
    let span = seen.one("## hidden");
    assert_eq!((span.json("metadata"), span.field("error")), (Value::Null, Some("Error")));
}

#[tokio::test]
async fn names_are_such_as_x_ray_takes() {
    let app = app!().register_middleware(with(obfuscate(false)).name("a<b>;(c)"), PureLambda);
    let (seen, _) = watched(async { TestClient::new(app).invoke("untraced", &json!({})).await }).await;
    assert_eq!(seen.spans(), ["## abc"]);
}

/// Runs the ignored test of this name in a process with the variable set.
fn with_variable(word: &str, test: &str) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]).env("POWERTOOLS_TRACE_MIDDLEWARES", word);
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
fn the_environment_asks_for_all_that_do_not_say() {
    with_variable("Yes", "all_are_traced");
    with_variable("off", "only_those_that_say_are_traced");
    with_variable("", "only_those_that_say_are_traced");
    with_variable("enabled", "the_app_does_not_start");
}

#[tokio::test]
#[ignore = "run by another test, with the variable set"]
async fn all_are_traced() {
    assert_eq!(invoke("plain", json!({})).await.spans(), ["## obfuscate", "## mark"]);
}

#[tokio::test]
#[ignore = "run by another test, with the variable set"]
async fn only_those_that_say_are_traced() {
    assert_eq!(invoke("plain", json!({})).await.spans(), ["## obfuscate"]);
}

#[test]
#[ignore = "run by another test, with the variable set"]
fn the_app_does_not_start() {
    let report = TestClient::try_new(app!()).unwrap_err().to_string();
    assert!(report.contains("`POWERTOOLS_TRACE_MIDDLEWARES` is `enabled`"), "{report}");
}
