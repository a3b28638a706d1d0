//! Spans on their way to AWS X-Ray: the example `observing` as a Lambda function, beside a collector that takes OTLP.
//!
//! Run with `cargo build --examples --features xray` and `cargo test --features xray --test xray`.

mod support;

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chalice_rt::bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use support::events::rest;
use support::must;
use support::process::Process;
use support::runtime_api::{Invocation, RuntimeApi};
use tokio::net::TcpListener;
use tokio::sync::Notify;

const SAMPLED: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

/// A span, as far as these tests ask.
#[derive(Debug, Clone, Default)]
struct Span {
    trace: String,
    id: String,
    parent: String,
    name: String,
    attributes: serde_json::Map<String, Value>,
    failed: bool,
}

/// One field of a protobuf message.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protobuf message, by their numbers.
fn fields(mut message: &[u8]) -> Vec<(u64, Field<'_>)> {
    fn varint(message: &mut &[u8]) -> u64 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let (byte, rest) = message.split_first().expect("a varint");
            *message = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }
    let mut found = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message);
        let field = match key & 7 {
            0 => Field::Number(varint(&mut message)),
            wire => {
                let length = match wire {
                    1 => 8,
                    5 => 4,
                    _ => varint(&mut message) as usize,
                };
                let (bytes, rest) = message.split_at(length);
                message = rest;
                Field::Bytes(bytes)
            }
        };
        found.push((key >> 3, field));
    }
    found
}

/// The messages in the field of this number.
fn inner(message: &[u8], number: u64) -> Vec<&[u8]> {
    let messages = fields(message).into_iter().filter(|(key, _)| *key == number);
    messages
        .filter_map(|(_, field)| if let Field::Bytes(bytes) = field { Some(bytes) } else { None })
        .collect()
}

fn text(message: &[u8], number: u64) -> String {
    inner(message, number)
        .first()
        .map_or_else(String::new, |bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn hex(message: &[u8], number: u64) -> String {
    inner(message, number).concat().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn attribute(value: &[u8]) -> Value {
    match fields(value).pop() {
        Some((1, Field::Bytes(text))) => String::from_utf8_lossy(text).into(),
        Some((2, Field::Number(truth))) => (truth == 1).into(),
        Some((3, Field::Number(number))) => number.into(),
        Some((5, Field::Bytes(list))) => inner(list, 1).into_iter().map(attribute).collect(),
        _ => Value::Null,
    }
}

fn spans(request: &[u8]) -> Vec<Span> {
    let messages = inner(request, 1).into_iter().flat_map(|resource| inner(resource, 2));
    let messages = messages.flat_map(|scope| inner(scope, 2));
    let attributes =
        |span| inner(span, 9).into_iter().map(|pair| (text(pair, 1), attribute(inner(pair, 2)[0])));
    let failed = |span| {
        let status = inner(span, 15).into_iter().flat_map(fields);
        status.into_iter().any(|(number, field)| number == 3 && matches!(field, Field::Number(2)))
    };
    let span = |span| Span {
        trace: hex(span, 1),
        id: hex(span, 2),
        parent: hex(span, 4),
        name: text(span, 5),
        attributes: attributes(span).collect(),
        failed: failed(span),
    };
    messages.map(span).collect()
}

/// A collector: what it got, request by request.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Bytes>>>, Arc<Notify>);

impl Collector {
    async fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("an address");
        let collector = Collector::default();
        let own = collector.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let own = own.clone();
                let service = service_fn(move |request| own.clone().take(request));
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        });
        (collector, format!("http://{address}"))
    }

    async fn take(self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        assert_eq!(request.uri().path(), "/v1/traces");
        let body = request.into_body().collect().await.expect("a body").to_bytes();
        self.0.lock().expect("no panic while locked").push(body);
        self.1.notify_one();
        Ok(Response::new(Full::default()))
    }

    /// The spans of the requests so far, once there is one.
    async fn spans(&self) -> Vec<Span> {
        must("spans", async {
            while self.count() == 0 {
                self.1.notified().await
            }
        })
        .await;
        self.0.lock().expect("no panic while locked").iter().flat_map(|body| spans(body)).collect()
    }

    fn count(&self) -> usize {
        self.0.lock().expect("no panic while locked").len()
    }
}

async fn function(api: &RuntimeApi, variables: &[(&str, &str)]) -> (Process, Collector) {
    let (collector, address) = Collector::start().await;
    let mut command = api.function("observing");
    command.env("OTEL_EXPORTER_OTLP_ENDPOINT", address).envs(variables.iter().copied());
    (Process::start(command), collector)
}

fn traced(event: &Value, header: &str) -> Invocation {
    Invocation::new(event.to_string()).header("lambda-runtime-trace-id", header)
}

fn one<'a>(spans: &'a [Span], name: &str) -> &'a Span {
    spans.iter().find(|span| span.name == name).unwrap_or_else(|| panic!("`{name}` among {spans:#?}"))
}

#[tokio::test]
async fn spans_are_below_the_segment_of_their_invocation_when_the_next_one_is_asked_for() {
    let api = RuntimeApi::start().await;
    // The filter of the log is about lines only.
    let variables = [("POWERTOOLS_TRACE_MIDDLEWARES", "true"), ("AWS_LAMBDA_LOG_LEVEL", "ERROR")];
    let (_function, collector) = function(&api, &variables).await;
    api.idle(1).await;
    api.send(traced(&rest("GET", "/orders/7"), SAMPLED)).await;
    api.idle(1).await;
    assert_eq!(collector.count(), 1, "they are sent at once");
    let spans = collector.spans().await;
    let (outer, handler) = (one(&spans, "## LogInvocations"), one(&spans, "## order"));
    assert_eq!(
        (outer.trace.as_str(), outer.parent.as_str()),
        ("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8")
    );
    assert_eq!(one(&spans, "## inject_route_info").parent, outer.id);
    assert_eq!(handler.trace, outer.trace);
    assert_eq!(handler.attributes["order_id"], 7);
    assert_eq!(handler.attributes["aws.xray.annotations"], json!(["ColdStart", "Service", "order_id"]));
    assert_eq!((&handler.attributes["handler"], handler.failed), (&json!("order"), false));
}

#[tokio::test]
async fn spans_are_sent_when_the_invocation_fails_too() {
    let api = RuntimeApi::start().await;
    let variables = [("POWERTOOLS_TRACE_MIDDLEWARES", "true"), ("_HANDLER", "count")];
    let (_function, collector) = function(&api, &variables).await;
    assert_eq!(api.send(traced(&json!({"no": "list"}), SAMPLED)).await.error()["errorType"], "PayloadError");
    api.idle(1).await;
    let spans = collector.spans().await;
    assert!(one(&spans, "## LogInvocations").failed, "{spans:#?}");
}

#[tokio::test]
async fn nothing_is_sent_for_what_is_not_sampled() {
    let api = RuntimeApi::start().await;
    let (_function, collector) = function(&api, &[("POWERTOOLS_TRACE_MIDDLEWARES", "true")]).await;
    for header in
        [SAMPLED.replace("Sampled=1", "Sampled=0"), "Root=1-5759e988-bd862e3fe1be46a994272793".to_owned()]
    {
        api.send(traced(&rest("GET", "/orders/7"), &header)).await;
    }
    api.idle(1).await;
    assert_eq!(collector.count(), 0);
}

#[tokio::test]
async fn a_collector_that_is_not_there_costs_a_warning() {
    let api = RuntimeApi::start().await;
    let mut command = api.function("observing");
    command.env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    let function = Process::start(command);
    let outcome = api.send(traced(&rest("GET", "/orders/7"), SAMPLED)).await;
    assert_eq!(outcome.answer()["statusCode"], 200);
    function.stdout.line("spans were not sent over OTLP").await;
}
