//! Existing tower layers as middleware, around handlers of every kind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Error as IoError, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use chalice_rt::lambda_runtime::LambdaEvent;
use chalice_rt::prelude::*;
use tower::limit::ConcurrencyLimitLayer;
use tower::util::{BoxCloneService, MapRequestLayer, MapResponseLayer};
use tower::{Layer, Service, ServiceBuilder};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

#[derive(Clone)]
struct Tag(&'static str);

#[route("/users/{id}", methods = ["GET", "POST"])]
async fn user(id: u64, request: Request) -> Result<Response> {
    let tag = request.extensions().get::<Tag>().map_or("none", |tag| tag.0);
    let mut response =
        Response::new(json!({"id": id, "seen": request.headers().contains_key("x-seen"), "tag": tag}));
    response.extensions_mut().insert(Tag("of the response"));
    Ok(response)
}

#[route("/missing")]
async fn missing() -> Result<String> {
    Err(NotFoundError::new("gone").into())
}

#[route("/unhandled")]
async fn unhandled() -> Result<String> {
    Err(ChaliceUnhandledError::new(IoError::other("disk")).into())
}

#[route("/slow")]
async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_secs(10)).await;
    "late"
}

#[route("/large")]
async fn large() -> String {
    "abc".repeat(10_000)
}

#[post("/echo", content_types = [])]
async fn echo(body: Bytes) -> Bytes {
    body
}

#[lambda_function]
async fn pure(event: Value) -> Result<Value> {
    match event.get("fail") {
        Some(_) => Err(IoError::other("broken").into()),
        None => Ok(event),
    }
}

#[on_sns_message("orders")]
async fn ordered(event: SnsEvent) -> Value {
    json!({"message": event.message, "subject": event.subject})
}

#[on_sqs_message("jobs")]
async fn job(record: SqsMessage<Value>) -> Result<()> {
    if record.body["bad"] == true { Err("bad".into()) } else { Ok(()) }
}

#[on_ws_message]
async fn said(event: WebsocketEvent) -> String {
    event.body
}

#[schedule("rate(5 minutes)")]
async fn tick(event: CloudWatchEvent) -> Value {
    json!({"kind": event.kind().name()})
}

/// A layer over Lambda events that changes payloads and answers as it is told.
#[derive(Clone)]
struct Change {
    event: fn(&mut LambdaEvent<Value>),
    answer: fn(&mut Value),
}

const NOTHING: Change = Change { event: |_| {}, answer: |_| {} };

impl<S> Layer<S> for Change {
    type Service = Changed<S>;

    fn layer(&self, inner: S) -> Changed<S> {
        Changed { inner, change: self.clone() }
    }
}

#[derive(Clone)]
struct Changed<S> {
    inner: S,
    change: Change,
}

impl<S> Service<LambdaEvent<Value>> for Changed<S>
where
    S: Service<LambdaEvent<Value>, Response = Value, Future: Send + 'static>,
{
    type Response = Value;
    type Error = S::Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Value, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut event: LambdaEvent<Value>) -> Self::Future {
        (self.change.event)(&mut event);
        let (answer, change) = (self.inner.call(event), self.change.answer);
        Box::pin(async move {
            let mut answer = answer.await?;
            change(&mut answer);
            Ok(answer)
        })
    }
}

/// Puts a tag on the request, and tells what became of tag and error of the response.
async fn watch(mut request: Request, next: Next<Request>) -> Result<Response> {
    request.extensions_mut().insert(Tag("of the request"));
    let response = next.run(request).await?;
    let tag = response.extensions().get::<Tag>().map_or("none", |tag| tag.0);
    let error = response.error().map_or("none", Error::type_name);
    Ok(response.with_header("x-tag", tag).with_header("x-error", error))
}

fn over_events(change: Change) -> TestClient {
    TestClient::new(
        app!().register_middleware(watch, Http).register_middleware(ConvertToMiddleware::new(change), All),
    )
}

macro_rules! over_http {
    ($layer:expr) => {
        TestClient::new(
            app!()
                .register_middleware(watch, Http)
                .register_middleware(ConvertToMiddleware::http($layer), Http),
        )
    };
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_layer_that_changes_nothing_leaves_typed_values_as_they_were() {
    let client = over_events(NOTHING);
    let response = client.get("/users/7").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"id": 7, "seen": false, "tag": "of the request"}));
    assert_eq!(header(&response, "x-tag"), Some("of the response"));
    let response = client.get("/missing").send().await;
    assert_eq!((response.status().as_u16(), header(&response, "x-error")), (404, Some("NotFoundError")));
    let error = client.invoke("pure", &json!({"fail": true})).await.unwrap_err();
    assert_eq!((error.error_type.as_str(), error.error_message.as_str()), ("Error", "broken"));
    assert_eq!(client.chain("pure"), ["Change"]);
}

#[tokio::test]
async fn what_a_layer_makes_of_a_payload_is_what_the_handler_receives() {
    let client = over_events(Change { event: |event| event.payload["added"] = json!(1), ..NOTHING });
    assert_eq!(client.invoke("pure", &json!({"n": 1})).await.unwrap(), json!({"n": 1, "added": 1}));

    let client = over_events(Change {
        event: |event| event.payload["Records"][0]["Sns"]["Message"] = json!("changed"),
        ..NOTHING
    });
    let answer = client.send(events::sns("orders", "hello").subject("s")).await.unwrap();
    assert_eq!(answer, json!({"message": "changed", "subject": "s"}));
}

#[tokio::test]
async fn a_changed_request_keeps_its_route_and_its_extensions() {
    let client =
        over_events(Change { event: |event| event.payload["headers"]["x-seen"] = json!("1"), ..NOTHING });
    let response = client.get("/users/7").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"id": 7, "seen": true, "tag": "of the request"}));
}

#[tokio::test]
async fn a_changed_response_keeps_what_json_cannot_carry() {
    let client =
        over_events(Change { answer: |answer| answer["headers"]["x-added"] = json!("1"), ..NOTHING });
    let response = client.get("/missing").send().await;
    assert_eq!((response.status().as_u16(), header(&response, "x-added")), (404, Some("1")));
    assert_eq!(header(&response, "x-error"), Some("NotFoundError"));
    let client = over_events(Change { answer: |answer| *answer = json!({"statusCode": 418}), ..NOTHING });
    let response = client.get("/missing").send().await;
    assert_eq!((response.status().as_u16(), header(&response, "x-error")), (418, Some("none")));
}

#[tokio::test]
async fn every_kind_of_event_passes_through_a_layer() {
    let client = over_events(NOTHING);
    let batch = client.send(events::sqs("jobs", [json!({"bad": true}), json!({})])).await.unwrap();
    assert_eq!(batch["batchItemFailures"].as_array().map(Vec::len), Some(1));
    let said = client.send(events::websocket("$default", "c1", "hello")).await.unwrap();
    assert_eq!((&said["statusCode"], &said["body"]), (&json!(200), &json!("hello")));
    assert_eq!(client.send(events::scheduled("tick")).await.unwrap(), json!({"kind": "scheduled"}));
}

#[tokio::test]
async fn the_layer_gets_and_may_change_the_context_of_the_invocation() {
    async fn ids(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
        let (id, name) = (event.context.request_id.clone(), event.context.function_name.clone());
        let answer = next.run(event).await?;
        Ok(json!({"id": id, "name": name, "answer": answer}))
    }
    let change = Change { event: |event| event.context.request_id.push_str("-changed"), ..NOTHING };
    let app = app!("named").register_middleware(ConvertToMiddleware::new(change), All);
    let answer =
        TestClient::new(app.register_middleware(ids, PureLambda)).invoke("pure", &json!({})).await.unwrap();
    assert!(answer["id"].as_str().unwrap().ends_with("-changed"), "{answer}");
    assert_eq!(answer["name"], "named");
}

#[tokio::test]
async fn a_layer_is_applied_once_so_its_limits_hold() {
    static INSIDE: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    async fn count<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        MOST.fetch_max(INSIDE.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(5)).await;
        let answer = next.run(event).await;
        INSIDE.fetch_sub(1, Ordering::SeqCst);
        answer
    }
    let app = app!().register_middleware(ConvertToMiddleware::new(ConcurrencyLimitLayer::new(2)), PureLambda);
    let client = TestClient::new(app.register_middleware(count::<LambdaFunctionEvent>, PureLambda));
    let empty = json!({});
    let call = || client.invoke("pure", &empty);
    let _ = tokio::join!(call(), call(), call(), call(), call(), call());
    assert_eq!(MOST.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_the_layers_of_tower_do_is_done() {
    let timeout = tower::timeout::TimeoutLayer::new(Duration::from_millis(5));
    let client = TestClient::new(app!().register_middleware(ConvertToMiddleware::new(timeout), All));
    assert_eq!(client.get("/slow").send().await.status(), 500);
    assert_eq!(client.invoke("pure", &json!(1)).await.unwrap(), 1);

    let several = ServiceBuilder::new()
        .layer(MapRequestLayer::new(|mut event: LambdaEvent<Value>| {
            event.payload["in"] = json!(true);
            event
        }))
        .layer(MapResponseLayer::new(|answer: Value| json!({ "answer": answer })));
    let app = app!().register_middleware(ConvertToMiddleware::new(several), PureLambda);
    let client = TestClient::new(app);
    assert_eq!(client.invoke("pure", &json!({})).await.unwrap(), json!({"answer": {"in": true}}));
    assert_eq!(client.chain("pure"), ["ServiceBuilder"]);
}

#[tokio::test]
async fn a_service_that_is_not_sync_will_do() {
    let boxed = tower::layer::layer_fn(|inner: chalice_rt::convert::Bridge| BoxCloneService::new(inner));
    let client = TestClient::new(app!().register_middleware(ConvertToMiddleware::new(boxed), All));
    assert_eq!(client.invoke("pure", &json!(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn a_layer_that_leaves_the_task_is_told_so_over_events_and_works_over_http() {
    let buffer = || tower::buffer::BufferLayer::<LambdaEvent<Value>>::new(4);
    let client = TestClient::new(app!().register_middleware(ConvertToMiddleware::new(buffer()), PureLambda));
    let error = client.invoke("pure", &json!(1)).await.unwrap_err();
    assert!(error.error_message.contains("another task"), "{error}");
    let client = over_http!(tower::buffer::BufferLayer::<chalice_rt::http::Request<Body>>::new(4));
    assert_eq!(client.get("/users/7").send().await.json::<Value>().unwrap()["tag"], "of the request");
}

#[tokio::test]
async fn cors_of_tower_http() {
    let client = over_http!(CorsLayer::permissive());
    let response = client.get("/users/7").header("origin", "https://a.example").send().await;
    assert_eq!(header(&response, "access-control-allow-origin"), Some("*"));
    assert_eq!(header(&response, "x-tag"), Some("of the response"));
    assert_eq!(client.chain("user"), ["watch", "CorsLayer"]);
}

#[tokio::test]
async fn compression_of_tower_http() {
    let client = over_http!(CompressionLayer::new());
    let response = client.get("/large").header("accept-encoding", "gzip").send().await;
    assert_eq!(header(&response, "content-encoding"), Some("gzip"));
    assert!(response.body().len() < 1000);
    let mut text = String::new();
    flate2::read::GzDecoder::new(&response.body()[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text.len(), 30_000);
}

#[tokio::test]
async fn timeout_and_body_limit_of_tower_http() {
    let client =
        over_http!(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_millis(5)));
    assert_eq!(client.get("/slow").send().await.status(), 408);
    let client = over_http!(RequestBodyLimitLayer::new(4));
    assert_eq!(client.post("/echo").body("four").send().await.text(), "four");
    assert_eq!(client.post("/echo").body("fives").send().await.status(), 413);
    assert_eq!(client.post("/echo").header("content-length", 5).body("fives").send().await.status(), 413);
}

#[tokio::test]
async fn headers_traces_and_panics_of_tower_http() {
    let name = HeaderName::from_static("x-served-by");
    let layers = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(CatchPanicLayer::new())
        .layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static("tower")));
    let client = over_http!(layers);
    let response = client.get("/missing").send().await;
    assert_eq!((response.status().as_u16(), header(&response, "x-served-by")), (404, Some("tower")));
    assert_eq!(header(&response, "x-error"), Some("NotFoundError"));
}

#[tokio::test]
async fn errors_pass_through_layers_as_what_they_are() {
    async fn told(request: Request, next: Next<Request>) -> Result<Response> {
        let error = next.run(request).await.unwrap_err();
        let inner =
            error.downcast_ref::<ChaliceUnhandledError>().and_then(|error| error.downcast_ref::<IoError>());
        Ok(Response::new(json!({"type": error.type_name(), "inner": inner.map(ToString::to_string)})))
    }
    let both = app!()
        .register_middleware(told, Http)
        .register_middleware(ConvertToMiddleware::new(NOTHING), All)
        .register_middleware(ConvertToMiddleware::http(CatchPanicLayer::new()), Http);
    let response = TestClient::new(both).get("/unhandled").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"type": "ChaliceUnhandledError", "inner": "disk"}));
}
