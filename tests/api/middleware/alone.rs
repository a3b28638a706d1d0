//! A middleware alone, without an app: `Next::to`.

use super::*;

fn request() -> Request {
    Request::from_value(events::http("GET", "/orders?n=1").build(), Context::default()).unwrap()
}

struct Mark;

impl Middleware<Request> for Mark {
    async fn call(&self, mut request: Request, next: Next<Request>) -> Result<Response> {
        request.headers_mut().insert("x-mark", HeaderValue::from_static("seen"));
        next.run(request).await
    }
}

#[tokio::test]
async fn a_middleware_runs_before_a_closure() {
    let handler = |request: Request| async move {
        Ok(Response::new(request.headers()["x-mark"].to_str().unwrap().to_owned()))
    };
    assert_eq!(Mark.call(request(), Next::to(handler)).await.unwrap().text(), "seen");
    let response = outer(request(), Next::to(|_| async { Ok(Response::new("x")) })).await;
    assert_eq!(response.unwrap().text(), "x");
}

#[tokio::test]
async fn a_retry_may_call_the_closure_again() {
    async fn twice(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
        match next.clone().run(event.clone()).await {
            Err(_) => next.run(event).await,
            answer => answer,
        }
    }
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let event = SnsEvent::from_value(events::sns("topic", "m").build(), Context::default()).unwrap();
    let next = Next::to(|event: SnsEvent| async move {
        match CALLS.fetch_add(1, Ordering::SeqCst) {
            0 => Err("not yet".into()),
            _ => Ok(json!(event.message)),
        }
    });
    assert_eq!(twice(event, next).await.unwrap(), json!("m"));
}

#[tokio::test]
async fn errors_and_panics_of_the_closure_are_those_of_a_handler() {
    let run = async |answer: fn() -> Result<Response>| {
        Next::to(move |_: Request| async move { answer() }).run(request()).await
    };
    assert_eq!(run(|| Err(NotFoundError::new("gone").into())).await.unwrap().status(), 404);
    let response = run(|| panic!("secret")).await.unwrap();
    assert!(response.status() == 500 && response.error().is_some_and(Error::is::<PanicError>));
    assert!(run(|| Err(ChaliceUnhandledError::new("raw").into())).await.is_err());

    let next = Next::to(|_: AnyEvent| async { Err(NotFoundError::new("gone").into()) });
    match next.clone().run(AnyEvent::Http(request())).await.unwrap() {
        AnyResponse::Http(response) => assert_eq!(response.status(), 404),
        other => panic!("{other:?}"),
    }
    let event = LambdaFunctionEvent::from_value(json!(1), Context::default()).unwrap();
    assert!(next.run(AnyEvent::PureLambda(event)).await.unwrap_err().is::<NotFoundError>());
}

#[tokio::test]
async fn there_is_no_managed_state() {
    let next = Next::<Request>::to(async |_| Ok(Response::new("")));
    let error = next.state::<Calls>().map(drop).unwrap_err();
    assert!(error.to_string().contains("Calls"), "{error}");
}

#[test]
fn a_sync_middleware_is_called_outside_a_runtime() {
    fn sync(request: Request, next: Next<Request>) -> Result<Response> {
        Ok(next.run_blocking(request)?.with_header("x-sync", "1"))
    }
    let response = sync(request(), Next::to(async |_| Ok(Response::new("x")))).unwrap();
    assert_eq!(response.headers()["x-sync"], "1");
}
