//! The examples of Chalice's page on middleware.

use chalice_rt::prelude::*;

use super::{app, client};

#[derive(Debug)]
struct MyCustomError(&'static str);

impl std::fmt::Display for MyCustomError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MyCustomError {}

#[blueprint("/c1", name_prefix = "c1-")]
mod first {
    use super::*;

    #[middleware("all")]
    async fn my_middleware<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        tracing::info!("Before calling my main Lambda function.");
        let response = next.run(event).await;
        tracing::info!("After calling my main Lambda function.");
        response
    }

    #[route("/")]
    async fn index() -> Value {
        json!({"hello": "world"})
    }

    #[on_sns_message("mytopic")]
    async fn sns_handler(_event: SnsEvent) {}
}

#[tokio::test]
async fn the_first_example_surrounds_both_kinds() {
    let client = client();
    assert_eq!(client.get("/c1").send().await.json::<Value>().unwrap(), json!({"hello": "world"}));
    assert_eq!(client.send(events::sns("mytopic", "m")).await.unwrap(), Value::Null);
    assert_eq!(
        (client.chain("c1-index"), client.chain("c1-sns_handler")),
        (vec!["my_middleware"], vec!["my_middleware"])
    );
}

#[blueprint("/c2", name_prefix = "c2-")]
mod noop {
    use super::*;

    #[middleware("all")]
    async fn noop_middleware<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await
    }

    #[lambda_function]
    async fn work(event: Value) -> Value {
        event
    }
}

#[tokio::test]
async fn a_middleware_may_do_nothing() {
    assert_eq!(client().invoke("c2-work", &json!([1])).await.unwrap(), json!([1]));
}

#[blueprint("/c3", name_prefix = "c3-")]
mod errors_of_all_kinds {
    use super::*;

    #[middleware("all")]
    async fn handle_errors<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        match next.run(event).await {
            // We don't want MyCustomError to propagate, instead we'll convert it to an answer.
            Err(error) if error.is::<MyCustomError>() => {
                Ok(E::Response::from(json!({"Error": "MyCustomError", "Message": error.to_string()})))
            }
            outcome => outcome,
        }
    }

    #[lambda_function]
    async fn noop(_event: Value) -> Result<Value> {
        Err(MyCustomError("Raising an error."))?
    }

    #[on_sns_message("errors")]
    async fn told(_event: SnsEvent) -> Result<()> {
        Err(MyCustomError("Raising an error."))?
    }

    #[on_sqs_message("errors")]
    async fn queued(_event: SqsEvent) -> Result<()> {
        Err(std::io::Error::other("not ours"))?
    }

    #[on_ws_message]
    async fn message(_event: WebsocketEvent) -> Result<()> {
        Err(MyCustomError("Raising an error."))?
    }

    #[get("/")]
    async fn index() -> Result<Value> {
        Err(MyCustomError("Raising an error."))?
    }
}

#[tokio::test]
async fn one_handler_of_errors_answers_for_every_kind() {
    let client = client();
    let answer = json!({"Error": "MyCustomError", "Message": "Raising an error."});
    assert_eq!(client.invoke("c3-noop", &json!({})).await.unwrap(), answer);
    assert_eq!(client.send(events::sns("errors", "m")).await.unwrap(), answer);
    let message = client.send(events::websocket("$default", "c", "m")).await.unwrap();
    assert_eq!(message["body"], answer.to_string());
    let error = client.send(events::sqs("errors", ["m"])).await.unwrap_err();
    assert_eq!(error.error_message, "not ours", "what nobody catches goes to the caller");
    let index = client.get("/c3").send().await;
    assert_eq!(index.status(), 500, "a route's error is a response before any middleware sees it");
}

#[blueprint("/c4", name_prefix = "c4-")]
mod unhandled_errors {
    use super::*;

    #[middleware("all")]
    async fn handle_errors(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
        match next.run(event).await {
            Err(error) if error.is::<ChaliceUnhandledError>() => {
                let response = Response::new(error.to_string())
                    .with_status(StatusCode::INTERNAL_SERVER_ERROR)
                    .with_header("content-type", "text/plain");
                Ok(response.into())
            }
            outcome => outcome,
        }
    }

    #[route("/")]
    async fn index() -> Result<Value> {
        // handle_errors never sees this error: it is a `Response` of status 500 by then.
        Err(MyCustomError("Raising an error."))?
    }

    #[route("/error")]
    async fn unhandled_error() -> Result<Value> {
        // handle_errors sees this one, because it is a ChaliceUnhandledError.
        Err(ChaliceUnhandledError::new(MyCustomError("Raising an error.")))?
    }

    #[lambda_function]
    async fn work(event: Value) -> Value {
        event
    }
}

#[tokio::test]
async fn an_unhandled_error_is_seen_by_the_middleware() {
    let client = client();
    let index = client.get("/c4").send().await;
    assert_eq!(index.json::<Value>().unwrap()["Code"], "InternalServerError");
    let error = client.get("/c4/error").send().await;
    assert_eq!((error.status().as_u16(), error.text().as_ref()), (500, "Raising an error."));
    assert_eq!(error.headers()["content-type"], "text/plain");
    assert_eq!(client.invoke("c4-work", &json!(1)).await.unwrap(), json!(1));
}

mod thirdparty {
    use super::*;

    pub(crate) async fn func(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
        next.run(event).await
    }
}

#[test]
fn functions_of_others_are_registered_in_main() {
    let app = app();
    let app = app.register_middleware(thirdparty::func, All);
    assert_eq!(TestClient::new(app).chain("c2-work"), ["func", "noop_middleware"]);
}

mod converted {
    use super::*;
    use chalice_rt::lambda_runtime::LambdaEvent;
    use chalice_rt::tower::util::MapRequestLayer;

    #[tokio::test]
    async fn wrappers_of_lambda_functions_are_converted() {
        let app = app();
        let log_invocation = MapRequestLayer::new(|event: LambdaEvent<Value>| {
            tracing::debug!("Before lambda function.");
            event
        });
        let app = app.register_middleware(ConvertToMiddleware::new(log_invocation), All);
        let client = TestClient::new(app);
        assert_eq!(client.chain("c2-work"), ["MapRequestLayer", "noop_middleware"]);
        assert_eq!(client.invoke("c2-work", &json!(1)).await.unwrap(), json!(1));
    }
}

#[blueprint("/c7", name_prefix = "c7-")]
mod patterns {
    use super::*;
    use std::time::Instant;

    #[middleware("http")]
    async fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
        if !request.headers().contains_key("x-custom-header") {
            let error = json!({"Error": "Missing required 'X-Custom-Header'"});
            return Ok(Response::new(error).with_status(StatusCode::BAD_REQUEST));
        }
        next.run(request).await
    }

    #[middleware("pure_lambda")]
    async fn inject_time(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
        let start = Instant::now();
        let mut response = next.run(event).await?;
        response["metadata"]["duration"] = json!(start.elapsed().as_secs_f64());
        Ok(response)
    }

    #[get("/")]
    async fn index() -> &'static str {
        "here"
    }

    #[lambda_function]
    async fn work(event: Value) -> Value {
        event
    }
}

#[tokio::test]
async fn a_request_is_short_circuited_and_a_response_changed() {
    let client = client();
    let refused = client.get("/c7").send().await;
    assert_eq!(refused.json::<Value>().unwrap(), json!({"Error": "Missing required 'X-Custom-Header'"}));
    assert_eq!(refused.status(), 400);
    assert_eq!(client.get("/c7").header("x-custom-header", "1").send().await.text(), "here");
    let timed = client.invoke("c7-work", &json!({"n": 1})).await.unwrap();
    assert!(timed["n"] == 1 && timed["metadata"]["duration"].is_f64(), "{timed}");
}

#[blueprint("/c9", name_prefix = "c9-")]
mod powertools {
    use super::*;
    use chalice_rt::observe::{LogInvocations, TraceHandlers};
    use chalice_rt::{log, trace};

    #[middleware("http")]
    async fn inject_route_info(request: Request, next: Next<Request>) -> Result<Response> {
        log::append("request_path", request.path());
        next.run(request).await
    }

    #[route("/")]
    async fn index() -> Value {
        tracing::info!("In index() function, this will have a 'request_path' field.");
        json!({"hello": "world"})
    }

    #[lambda_function]
    async fn myfunction(_event: Value) -> Value {
        tracing::info!("In myfunction().");
        trace::annotate("Status", "SUCCESS");
        json!({})
    }

    #[tokio::test]
    async fn logging_and_tracing_of_powertools_are_registered_like_any_other() {
        let app = app();
        let app = app
            .register_middleware(LogInvocations::new(), All)
            .register_middleware(TraceHandlers::new().capture_response(false), All);
        let client = TestClient::new(app);
        assert_eq!(client.chain("c9-index"), ["LogInvocations", "TraceHandlers", "inject_route_info"]);
        assert_eq!(client.get("/c9").send().await.json::<Value>().unwrap(), json!({"hello": "world"}));
        assert_eq!(client.invoke("c9-myfunction", &json!(1)).await.unwrap(), json!({}));
    }
}
