//! The app as a tower service: over Lambda events, over HTTP requests, and mounted in another server.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context as TaskContext, Poll};

use chalice_rt::http::{Request as HttpRequest, Response as HttpResponse};
use chalice_rt::lambda_runtime::{self, LambdaEvent};
use chalice_rt::prelude::*;
use http_body_util::{BodyExt, Full};
use hyper::body::Frame;
use tower::{Service, ServiceBuilder, ServiceExt};

static SETUPS: AtomicUsize = AtomicUsize::new(0);

struct Greeting(&'static str);

#[route("/hello/{name}", methods = ["GET", "POST"], content_types = [])]
async fn hello(name: String, greeting: State<Greeting>, request: Request) -> Response {
    let (ip, x) = (request.client_ip().map(|ip| ip.to_string()), request.query().get("x").map(str::to_owned));
    Response::new(
        json!({"hello": name, "with": greeting.0.0, "ip": ip, "x": x, "body": request.body().len()}),
    )
    .append_header("set-cookie", "a=1")
    .append_header("set-cookie", "b=2")
}

#[route("/fails")]
async fn fails() -> Result<()> {
    Err("broken".into())
}

#[route("/escapes")]
async fn escapes() -> Result<()> {
    Err(ChaliceUnhandledError::new("postgres://user:secret@db").into())
}

#[lambda_function]
async fn direct(event: Value) -> Value {
    event
}

#[on_sns_message("orders")]
async fn ordered(event: SnsEvent, context: Context) -> Value {
    json!({"message": event.message, "function": context.function_name, "id": context.request_id})
}

fn service() -> AppService {
    app!("mounted").setup(|app| async move { Ok(app.manage(Greeting("a setup"))) }).into_service().unwrap()
}

fn get(path: &str) -> HttpRequest<Full<Bytes>> {
    HttpRequest::get(path).body(Full::default()).unwrap()
}

async fn json_of(response: HttpResponse<Body>) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn an_app_is_a_service_of_lambda_events() {
    let mut context = lambda_runtime::Context::default();
    context.request_id = "8476".to_owned();
    context.env_config = Arc::new(lambda_runtime::Config {
        function_name: "orders-prod".to_owned(),
        ..lambda_runtime::Config::default()
    });
    let event: Value = events::sns("orders", "hello").into();
    let answer = service().oneshot(LambdaEvent::new(event, context.clone())).await.unwrap();
    assert_eq!(answer, json!({"message": "hello", "function": "orders-prod", "id": "8476"}));

    let elsewhere: Value = events::sns("elsewhere", "hello").into();
    let unknown = service().oneshot(LambdaEvent::new(elsewhere, context)).await.unwrap_err();
    assert!(unknown.error_message.contains("no handler takes it"), "{unknown}");
}

#[tokio::test]
async fn an_app_is_a_service_of_requests() {
    let mut request = HttpRequest::post("/hello/ada%20l?x=1").body(Full::new(Bytes::from("four"))).unwrap();
    request.extensions_mut().insert(SocketAddr::from(([10, 0, 0, 1], 80)));
    let response = service().oneshot(request).await.unwrap();
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    let expected = json!({"hello": "ada l", "with": "a setup", "ip": "10.0.0.1", "x": "1", "body": 4});
    assert_eq!(json_of(response).await, expected);

    assert_eq!(service().oneshot(get("/none")).await.unwrap().status(), 404);
    assert_eq!(service().oneshot(get("/fails")).await.unwrap().status(), 500);
}

#[tokio::test]
async fn its_setup_runs_once_at_the_first_call() {
    let counting = app!().setup(|app| async move {
        SETUPS.fetch_add(1, Ordering::Relaxed);
        Ok(app.manage(Greeting("counted")))
    });
    let mut service = counting.into_service().unwrap();
    assert_eq!(SETUPS.load(Ordering::Relaxed), 0);
    let failing = app!().setup(|_| async { Err("no table".into()) }).into_service().unwrap();
    assert_generic(failing.oneshot(get("/hello/a")).await.unwrap(), "no table").await;
    for _ in 0..2 {
        assert_eq!(service.call(get("/hello/a")).await.unwrap().status(), 200);
    }
    assert_eq!(SETUPS.load(Ordering::Relaxed), 1);
}

/// Whether a response is the generic 500, which keeps its error for the layers around the app.
async fn assert_generic(response: HttpResponse<Body>, error: &str) {
    assert_eq!(response.status(), 500);
    let kept = response.extensions().get::<Arc<Error>>().map(ToString::to_string);
    assert_eq!(kept.as_deref(), Some(error));
    let expected = json!({"Code": "InternalServerError", "Message": "An internal server error occurred."});
    assert_eq!(json_of(response).await, expected);
}

#[tokio::test]
async fn an_error_never_reaches_the_client() {
    assert_generic(service().oneshot(get("/fails")).await.unwrap(), "broken").await;
    assert_generic(service().oneshot(get("/escapes")).await.unwrap(), "postgres://user:secret@db").await;
}

/// A body of pieces without an end, which counts how many were read.
struct Endless(Arc<AtomicUsize>);

impl hyper::body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut TaskContext<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from("piece")))))
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_not_read_to_its_end() {
    let limited = app!().manage(Greeting("a limit")).body_limit(10).into_service().unwrap();
    let post = |body: &'static str| HttpRequest::post("/hello/a").body(Full::new(Bytes::from(body))).unwrap();
    assert_eq!(limited.clone().oneshot(post("0123456789")).await.unwrap().status(), 200);
    let response = limited.clone().oneshot(post("0123456789a")).await.unwrap();
    assert_eq!(response.status(), 413);
    assert_eq!(json_of(response).await["Code"], "PayloadTooLargeError");

    let read = Arc::new(AtomicUsize::new(0));
    let request = HttpRequest::post("/hello/a").body(Endless(Arc::clone(&read))).unwrap();
    assert_eq!(limited.oneshot(request).await.unwrap().status(), 413);
    assert_eq!(read.load(Ordering::Relaxed), 3);

    let largest = Full::new(Bytes::from(vec![b'x'; 6 * 1024 * 1024 + 1]));
    let response = service().oneshot(HttpRequest::post("/hello/a").body(largest).unwrap()).await.unwrap();
    assert_eq!(response.status(), 413, "6 MB by default");
}

#[tokio::test]
async fn layers_of_tower_go_around_an_app() {
    let limited = ServiceBuilder::new().concurrency_limit(1).service(service());
    let event = LambdaEvent::new(json!(null), lambda_runtime::Context::default());
    let _: Result<Value, InvocationError> = limited.oneshot(event).await;
}

#[tokio::test]
async fn an_app_is_mounted_under_axum() {
    let router = axum::Router::new()
        .route("/own", axum::routing::get(|| async { "axum's" }))
        .nest_service("/api", service())
        .fallback_service(service());
    let call = |path: &'static str| {
        let request = HttpRequest::get(path).body(axum::body::Body::empty()).unwrap();
        let router = router.clone();
        async move {
            let response = router.oneshot(request).await.unwrap();
            (response.status().as_u16(), response.into_body().collect().await.unwrap().to_bytes())
        }
    };
    assert_eq!(call("/own").await, (200, Bytes::from("axum's")));
    let (status, body) = call("/api/hello/ada").await;
    assert!(status == 200 && body.starts_with(b"{"), "{body:?}");
    assert_eq!(call("/hello/ada").await.0, 200);
    assert_eq!(call("/api/none").await.0, 404);
}
