//! Middleware that `main` registers, in the order of the calls, a converted layer among them: as recorded from Chalice
//! 1.34.0. What wraps plain Lambda handlers in Python is a tower layer over Lambda events here.

use std::future::ready;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use chalice_rt::lambda_runtime::LambdaEvent;
use chalice_rt::prelude::*;
use harness::trace;
use tower::{Layer, Service};

mod harness;

#[middleware_factory]
async fn named<E: Event>(event: E, next: Next<E>, name: &str) -> Result<E::Response> {
    trace(format!("{name} in"));
    let response = next.run(event).await?;
    trace(format!("{name} out"));
    Ok(response)
}

async fn twice(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    trace("twice in");
    let response = next.run(event).await?;
    trace("twice out");
    Ok(response)
}

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

#[derive(Clone)]
struct Wrapper;

#[derive(Clone)]
struct Wrapped<S>(S);

impl<S> Layer<S> for Wrapper {
    type Service = Wrapped<S>;

    fn layer(&self, inner: S) -> Wrapped<S> {
        Wrapped(inner)
    }
}

impl<S> Service<LambdaEvent<Value>> for Wrapped<S>
where
    S: Service<LambdaEvent<Value>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, event: LambdaEvent<Value>) -> Self::Future {
        trace("wrapper in");
        let inner = self.0.call(event);
        Box::pin(async move {
            let response = inner.await?;
            trace("wrapper out");
            Ok(response)
        })
    }
}

#[derive(Clone)]
struct Refuses;

#[derive(Clone)]
struct Refusing<S>(S);

impl<S> Layer<S> for Refuses {
    type Service = Refusing<S>;

    fn layer(&self, inner: S) -> Refusing<S> {
        Refusing(inner)
    }
}

impl<S> Service<LambdaEvent<Value>> for Refusing<S>
where
    S: Service<LambdaEvent<Value>, Response = Value>,
    S::Error: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Value;
    type Error = S::Error;
    type Future = BoxFuture<Result<Value, S::Error>>;

    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, event: LambdaEvent<Value>) -> Self::Future {
        if event.payload.get("refuse").is_some() {
            trace("refused");
            return Box::pin(ready(Ok(json!({"refused": true}))));
        }
        Box::pin(self.0.call(event))
    }
}

#[route("/")]
async fn index() -> Value {
    trace("index");
    json!({"hello": "world"})
}

#[route("/bad")]
async fn bad() -> Result<Value> {
    Err(BadRequestError::new("bad").into())
}

#[lambda_function]
async fn work(event: Value) -> Result<Value> {
    trace("work");
    if event.get("fail").is_some() {
        return Err("work failed".into());
    }
    Ok(event)
}

#[on_sns_message("orders")]
async fn on_order(event: SnsEvent) {
    trace(format!("on_order {}", event.message));
}

#[on_sqs_message("jobs")]
async fn on_job(event: SqsEvent) -> Value {
    trace("on_job");
    let jobs: Vec<_> = event.into_iter().map(|record| record.body).collect();
    json!({ "jobs": jobs })
}

#[test]
fn middleware_of_main_behaves_as_recorded() {
    let app = app!("middleware-registered")
        .register_middleware(named("one"), All)
        .register_middleware(named("two"), Http)
        .register_middleware(ConvertToMiddleware::new(Wrapper), All)
        .register_middleware(named("three"), PureLambda)
        .register_middleware(ConvertToMiddleware::new(Refuses), PureLambda)
        .register_middleware(twice, Sns)
        .register_middleware(twice, Sns)
        .register_middleware(named("four"), All);
    harness::check("middleware_registered", app);
}
