//! The app as a tower service: of Lambda events, of HTTP requests, and mounted under somebody else's server.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::http::{Request as HttpRequest, Response as HttpResponse};
use chalice_rt::lambda_runtime::{self, LambdaEvent};
use chalice_rt::prelude::*;
use http_body_util::{BodyExt, Full};
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
    context.env_config = std::sync::Arc::new(lambda_runtime::Config {
        function_name: "orders-prod".to_owned(),
        ..lambda_runtime::Config::default()
    });
    let event: Value = events::sns("orders", "hello").into();
    let answer = service().oneshot(LambdaEvent::new(event, context.clone())).await.unwrap();
    assert_eq!(answer, json!({"message": "hello", "function": "orders-prod", "id": "8476"}));

    let unknown = service().oneshot(LambdaEvent::new(json!({"what": 1}), context)).await.unwrap_err();
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
    let response = failing.oneshot(get("/hello/a")).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), json_of(response).await["errorMessage"].clone()),
        (502, json!("no table"))
    );
    for _ in 0..2 {
        assert_eq!(service.call(get("/hello/a")).await.unwrap().status(), 200);
    }
    assert_eq!(SETUPS.load(Ordering::Relaxed), 1);
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
