//! Middleware as a user meets it: forms, kinds, order, short circuits, errors, panics, state.

use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;

#[derive(Default)]
struct Calls(AtomicUsize);

struct Prefix(String);

fn base() -> App {
    app!("face").manage(Prefix("p".to_owned())).manage(Calls::default())
}

/// Notes in a header that it was there; over the answers of all kinds.
fn noted(name: &str, mut answer: Value) -> Value {
    match answer.as_array_mut() {
        Some(list) => list.push(name.into()),
        None => answer = json!([answer, name]),
    }
    answer
}

// ---- handlers ----

#[get("/ok")]
async fn ok() -> Value {
    json!("ok")
}

#[get("/view")]
async fn view() -> Result<String> {
    Err(ForbiddenError::new("not you").into())
}

#[get("/error")]
async fn error() -> Result<String> {
    Err(std::io::Error::other("disk").into())
}

#[get("/unhandled")]
async fn unhandled() -> Result<String> {
    Err(ChaliceUnhandledError::new("raw").into())
}

#[get("/unhandled/view")]
async fn unhandled_view() -> Result<String> {
    Err(ChaliceUnhandledError::new(NotFoundError::new("raw")).into())
}

#[get("/panic")]
async fn panics() -> String {
    panic!("async secret")
}

#[get("/panic/sync")]
fn panics_sync() -> String {
    panic!("sync {}", "secret")
}

#[get("/status/{code}")]
async fn coded(code: u16) -> Response {
    Response::new("s").with_status(code)
}

#[on_sns_message("topic")]
async fn sns(event: SnsEvent) -> Result<String> {
    let message = event.message;
    match message.as_str() {
        "view" => Err(NotFoundError::new("nothing").into()),
        "error" => Err(std::io::Error::other("disk").into()),
        "panic" => panic!("sns panic"),
        _ => Ok(message),
    }
}

#[on_sns_message("sync")]
fn sns_sync(event: SnsEvent, prefix: State<Prefix>) -> String {
    assert_ne!(event.message, "panic", "sync panic");
    format!("{}{}", prefix.0.0, event.message)
}

#[on_s3_event("bucket")]
async fn s3(event: S3Event) -> String {
    event.key
}

#[schedule("rate(1 hour)")]
async fn tick(event: CloudWatchEvent) -> String {
    event.kind().to_string()
}

#[on_cw_event({"source": ["app"]})]
async fn cw(event: CloudWatchEvent) -> String {
    event.kind().to_string()
}

#[lambda_function]
async fn pure(event: Value) -> Value {
    event
}

#[on_ws_message]
async fn ws(event: WebsocketEvent) -> Result<String> {
    match event.body.as_str() {
        "view" => Err(NotFoundError::new("ws").into()),
        _ => Ok(event.body),
    }
}

#[on_sqs_message("queue")]
async fn sqs(event: SqsEvent) -> Value {
    json!(event.records.len())
}

#[on_kinesis_record("stream")]
async fn kinesis(event: KinesisEvent) -> usize {
    event.records.len()
}

#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000")]
async fn dynamodb(event: DynamoDbEvent) -> usize {
    event.records.len()
}

// ---- registered by attributes: they only act when a header asks for them ----

#[middleware("http")]
async fn attribute(request: Request, next: Next<Request>) -> Result<Response> {
    let wanted = request.headers().contains_key("x-attribute");
    let response = next.run(request).await?;
    Ok(if wanted { response.append_header("x-trace", "attribute") } else { response })
}

#[middleware("http")]
fn blocking_attribute(request: Request, next: Next<Request>) -> Result<Response> {
    let wanted = request.headers().contains_key("x-attribute");
    let response = next.run_blocking(request)?;
    Ok(if wanted { response.append_header("x-trace", "blocking_attribute") } else { response })
}

#[middleware("sns", "s3")]
async fn two_kinds<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    assert!(matches!(event.kind(), Kind::Sns | Kind::S3));
    next.run(event).await
}

#[derive(Default)]
struct Class;

#[middleware("all", order = -3)]
impl<E: Event> Middleware<E> for Class {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        assert!(!event.context().request_id.is_empty());
        next.run(event).await
    }
}

#[middleware("all")]
async fn over_any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    assert!(event.original().get().len() > 1);
    next.run(event).await
}

#[middleware("cloudwatch", "scheduled")]
async fn both_of_eventbridge(event: CloudWatchEvent, next: Next<CloudWatchEvent>) -> Result<Value> {
    assert!(matches!(event.kind(), Kind::CloudWatch | Kind::Scheduled));
    next.run(event).await
}

#[middleware("kinesis", "dynamodb")]
fn sync_generic<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run_blocking(event)
}

#[middleware("websocket")]
fn sync_over_any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    assert!(matches!(event, AnyEvent::Websocket(_)));
    next.run_blocking(event)
}

#[derive(Default)]
struct OfOneKind;

#[middleware("sqs")]
impl Middleware<SqsEvent> for OfOneKind {
    async fn call(&self, event: SqsEvent, next: Next<SqsEvent>) -> Result<Value> {
        next.run(event).await
    }
}

/// Starts a runtime of its own, as blocking clients do.
#[get("/blocks")]
fn blocks() -> Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(async {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        "blocked".to_owned()
    }))
}

// ---- values for `main` ----

async fn outer(request: Request, next: Next<Request>) -> Result<Response> {
    Ok(next.run(request).await?.append_header("x-trace", "outer"))
}

async fn inner(request: Request, next: Next<Request>) -> Result<Response> {
    Ok(next.run(request).await?.append_header("x-trace", "inner"))
}

async fn any(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    let kind = event.kind().to_string();
    let word = match &event {
        AnyEvent::Http(_) => "Http",
        AnyEvent::Websocket(_) => "Websocket",
        AnyEvent::S3(event) => event.bucket.as_str(),
        AnyEvent::Sns(_) => "Sns",
        AnyEvent::Sqs(_) => "Sqs",
        AnyEvent::CloudWatch(_) => "CloudWatch",
        AnyEvent::Scheduled(_) => "Scheduled",
        AnyEvent::Kinesis(_) => "Kinesis",
        AnyEvent::DynamoDb(_) => "DynamoDb",
        AnyEvent::PureLambda(_) => "PureLambda",
        _ => "?",
    }
    .to_owned();
    match next.run(event).await? {
        AnyResponse::Http(response) => Ok(response.with_header("x-any", format!("{kind} {word}")).into()),
        AnyResponse::Json(value) => Ok(noted(&format!("{kind} {word}"), value).into()),
        other => Ok(other),
    }
}

async fn count<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    let calls = next.state::<Calls>()?;
    calls.0.0.fetch_add(1, Ordering::SeqCst);
    next.run(event).await
}

struct Replace(Value);

impl<E: Event> Middleware<E> for Replace {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await?;
        Ok(self.0.clone().into())
    }
}

/// A function URL joins the values of a header.
fn trace(response: &Response) -> Vec<&str> {
    response
        .headers()
        .get("x-trace")
        .map_or(Vec::new(), |value| value.to_str().unwrap().split(", ").collect())
}

// ---- tests ----

#[tokio::test]
async fn explicit_ones_are_outside_in_call_order_and_attributes_follow_the_file() {
    let client = TestClient::new(base().register_middleware(outer, Http).register_middleware(inner, Http));
    let response = client.get("/ok").header("x-attribute", "1").send().await;
    assert_eq!(trace(&response), ["blocking_attribute", "attribute", "inner", "outer"]);
    assert_eq!(
        client.chain("ok"),
        ["Class", "outer", "inner", "attribute", "blocking_attribute", "over_any"]
    );
    assert_eq!(client.chain("GET /ok"), client.chain("ok"));
    assert_eq!(client.chain("sns"), ["Class", "two_kinds", "over_any"]);
    assert_eq!(client.chain("tick"), ["Class", "over_any", "both_of_eventbridge"]);
}

#[tokio::test]
async fn with_gives_order_exclusion_and_name() {
    let app = base()
        .register_middleware(inner, Http)
        .register_middleware(with(outer).order(-5).exclude(["/view"]).name("first"), Http)
        .register_middleware(with(any).order(9).name("last").exclude(vec!["sns".to_owned()]), All);
    let client = TestClient::new(app);
    assert_eq!(
        client.chain("ok"),
        ["first", "Class", "inner", "attribute", "blocking_attribute", "over_any", "last"]
    );
    assert!(!client.chain("view").contains(&"first"));
    assert!(!client.chain("sns").contains(&"last") && client.chain("sns_sync").contains(&"last"));
}

#[tokio::test]
async fn closures_sync_and_async() {
    let app = base()
        .register_middleware(
            async |request: Request, next: Next<_>| {
                let response: Response = next.run(request).await?;
                Ok(response.append_header("x-trace", "async closure"))
            },
            Http,
        )
        .register_middleware(
            |request: Request, next: Next<Request>| async move {
                Ok(next.run(request).await?.append_header("x-trace", "closure"))
            },
            Http,
        )
        .register_middleware(
            blocking(|request: Request, next: Next<Request>| {
                Ok(next.run_blocking(request)?.append_header("x-trace", "blocking"))
            }),
            Http,
        )
        .register_middleware(
            async |event: SnsEvent, next: Next<_>| Ok(noted("sns", next.run(event).await?)),
            Sns,
        )
        .register_middleware(
            blocking(|event: AnyEvent, next: Next<AnyEvent>| next.run_blocking(event)),
            (S3, Sns),
        )
        .register_middleware(async |event: AnyEvent, next: Next<AnyEvent>| next.run(event).await, All);
    let client = TestClient::new(app);
    assert_eq!(trace(&client.get("/ok").send().await), ["blocking", "closure", "async closure"]);
    assert_eq!(client.chain("ok")[1..4], ["closure", "closure", "closure"]);
    assert_eq!(client.send(events::sns("topic", "hi")).await.unwrap(), json!(["hi", "sns"]));
    assert_eq!(client.send(events::s3("bucket", "k")).await.unwrap(), json!("k"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_forms_work_on_several_threads_too() {
    let app = base().register_middleware(
        blocking(|request: Request, next: Next<Request>| {
            Ok(next.run_blocking(request)?.append_header("x-trace", "blocking"))
        }),
        Http,
    );
    let client = TestClient::new(app);
    let response = client.get("/ok").header("x-attribute", "1").send().await;
    assert_eq!(trace(&response), ["blocking_attribute", "attribute", "blocking"]);
    assert_eq!(client.get("/panic/sync").send().await.status(), 500);
    assert_eq!(client.send(events::sns("sync", "x")).await.unwrap(), json!("px"));
}

#[tokio::test]
async fn one_over_any_event_sees_every_kind() {
    let client = TestClient::new(base().register_middleware(any, All));
    let http = client.get("/ok").send().await;
    assert_eq!((http.headers()["x-any"].to_str().unwrap(), http.text().as_ref()), ("http Http", "\"ok\""));
    let websocket = client.send(events::websocket("$default", "c", "hi")).await.unwrap();
    assert_eq!((&websocket["body"], &websocket["statusCode"]), (&json!("hi"), &json!(200)));
    for (event, answer) in [
        (Value::from(events::sns("topic", "m")), json!(["m", "sns Sns"])),
        (events::s3("bucket", "k").into(), json!(["k", "s3 bucket"])),
        (events::sqs("queue", ["a", "b"]).into(), json!([2, "sqs Sqs"])),
        (events::cloudwatch("app", "t", json!({})).into(), json!(["cloudwatch", "cloudwatch CloudWatch"])),
        (events::scheduled("tick").into(), json!(["scheduled", "scheduled Scheduled"])),
        (events::kinesis("stream", ["d"]).into(), json!([1, "kinesis Kinesis"])),
        (events::dynamodb("t", [events::insert(json!({"id": 1}))]).into(), json!([1, "dynamodb DynamoDb"])),
    ] {
        assert_eq!(client.send(event).await.unwrap(), answer);
    }
    assert_eq!(
        client.invoke("pure", &json!({"a": 1})).await.unwrap(),
        json!([{"a": 1}, "pure_lambda PureLambda"])
    );
}

#[tokio::test]
async fn any_for_a_tuple_of_kinds_and_for_one() {
    let client =
        TestClient::new(base().register_middleware(any, (Http, Sns)).register_middleware(any, Scheduled));
    assert!(client.get("/ok").send().await.headers().contains_key("x-any"));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!(["m", "sns Sns"]));
    assert_eq!(
        client.send(events::scheduled("tick")).await.unwrap(),
        json!(["scheduled", "scheduled Scheduled"])
    );
    assert_eq!(client.send(events::cloudwatch("app", "t", json!({}))).await.unwrap(), json!("cloudwatch"));
}

#[tokio::test]
async fn types_for_several_kinds_and_all() {
    let client = TestClient::new(base().register_middleware(Replace(json!({"r": 1})), All));
    assert_eq!(client.get("/ok").send().await.json::<Value>().unwrap(), json!({"r": 1}));
    assert_eq!(client.send(events::sqs("queue", ["a"])).await.unwrap(), json!({"r": 1}));
    let client = TestClient::new(base().register_middleware(Replace(json!(2)), (S3, CloudWatch, PureLambda)));
    assert_eq!(client.send(events::s3("bucket", "k")).await.unwrap(), json!(2));
    assert_eq!(client.send(events::sns("topic", "k")).await.unwrap(), json!("k"));
    assert_eq!(client.send(events::scheduled("tick")).await.unwrap(), json!("scheduled"));
    assert_eq!(client.chain("s3"), ["Class", "Replace", "two_kinds", "over_any"]);
}

#[tokio::test]
async fn generic_functions_are_values_for_one_kind() {
    let client = TestClient::new(
        base().register_middleware(count::<SnsEvent>, Sns).register_middleware(count::<Request>, Http),
    );
    client.send(events::sns("topic", "m")).await.unwrap();
    assert_eq!(client.chain("sns")[1], "count");
    assert_eq!(client.chain("ok")[1], "count");
    assert_eq!(client.get("/ok").send().await.status(), 200);
}

#[tokio::test]
async fn json_over_any_is_a_response_for_http_and_websocket() {
    let json = async |event: AnyEvent, next: Next<AnyEvent>| {
        next.run(event).await?;
        Ok(json!({"made": true}).into())
    };
    let client = TestClient::new(base().register_middleware(json, All));
    let response = client.get("/ok").send().await;
    assert_eq!((response.status().as_u16(), response.json::<Value>().unwrap()), (200, json!({"made": true})));
    let websocket = client.send(events::websocket("$default", "c", "hi")).await.unwrap();
    assert_eq!(websocket["body"], r#"{"made":true}"#);
}

#[tokio::test]
async fn what_does_not_fit_the_kind_is_an_error_that_says_so() {
    let http = async |_: AnyEvent, _: Next<AnyEvent>| Ok(Response::new("x").into());
    let client = TestClient::new(base().register_middleware(http, All));
    let error = client.send(events::sns("topic", "m")).await.unwrap_err();
    assert!(error.error_message.contains("sns") && error.error_message.contains("HTTP"), "{error:?}");
    let other = async |_: AnyEvent, next: Next<AnyEvent>| {
        let event = SnsEvent::from_value(events::sns("topic", "swapped").into(), Context::default())?;
        next.run(AnyEvent::Sns(event)).await
    };
    let client = TestClient::new(base().register_middleware(other, All));
    let error = client.send(events::s3("bucket", "k")).await.unwrap_err();
    assert!(error.error_message.contains("sns") && error.error_message.contains("s3"), "{error:?}");
    assert_eq!(client.get("/ok").send().await.status(), 500);
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!("swapped"));
}

#[tokio::test]
async fn what_is_given_to_run_is_what_the_next_one_receives() {
    let change = async |mut event: SnsEvent, next: Next<_>| {
        event.message.push('!');
        next.run(event).await
    };
    let check = async |event: SnsEvent, next: Next<SnsEvent>| {
        assert!(event.message.ends_with('!'));
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(change, Sns).register_middleware(check, Sns));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!("m!"));
    let replace = async |event: LambdaFunctionEvent, next: Next<_>| {
        let event = LambdaFunctionEvent::from_value(json!({"was": event.event}), event.context)?;
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(replace, PureLambda));
    assert_eq!(client.invoke("pure", &1).await.unwrap(), json!({"was": 1}));
}

#[tokio::test]
async fn kinds_that_share_an_event_share_middleware() {
    let both =
        async |event: CloudWatchEvent, next: Next<CloudWatchEvent>| Ok(noted("both", next.run(event).await?));
    let client = TestClient::new(base().register_middleware(both, (CloudWatch, Scheduled)));
    assert_eq!(client.chain("tick"), ["Class", "closure", "over_any", "both_of_eventbridge"]);
    assert_eq!(client.chain("cw"), client.chain("tick"));
    assert_eq!(client.send(events::scheduled("tick")).await.unwrap(), json!(["scheduled", "both"]));
    assert_eq!(client.chain("kinesis"), ["Class", "over_any", "sync_generic"]);
    assert_eq!(client.chain("ws"), ["Class", "over_any", "sync_over_any"]);
    assert_eq!(client.chain("sqs"), ["Class", "over_any", "OfOneKind"]);
}

async fn sync_handlers_may_block() {
    let outside = blocking(|request: Request, next: Next<Request>| {
        drop(tokio::runtime::Runtime::new()?);
        next.run_blocking(request)
    });
    let client = TestClient::new(base().register_middleware(outside, Http));
    assert_eq!(client.get("/blocks").send().await.text(), "blocked");
}

#[tokio::test]
async fn sync_handlers_may_block_on_one_thread() {
    sync_handlers_may_block().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_handlers_may_block_on_several_threads() {
    sync_handlers_may_block().await;
}

#[tokio::test]
async fn to_block_in_an_async_middleware_is_an_error() {
    let wrong = async |event: SnsEvent, next: Next<SnsEvent>| next.run_blocking(event);
    let client = TestClient::new(base().register_middleware(wrong, Sns));
    let error = client.send(events::sns("topic", "m")).await.unwrap_err();
    assert!(
        error.error_message.contains("run_blocking") && error.error_message.contains("call `run`"),
        "{error:?}"
    );
}

#[tokio::test]
async fn next_is_cloned_for_a_retry() {
    let twice = async |event: SnsEvent, next: Next<SnsEvent>| {
        let first = next.clone().run(event.clone()).await;
        let second = next.run(event).await?;
        Ok(json!([first?, second]))
    };
    let client = TestClient::new(base().register_middleware(twice, Sns));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!(["m", "m"]));
}

#[tokio::test]
async fn a_short_circuit_is_seen_by_those_outside() {
    let stop = async |_: Request, _: Next<Request>| Ok(Response::new("stopped").with_status(403));
    let client = TestClient::new(
        base()
            .register_middleware(outer, Http)
            .register_middleware(stop, Http)
            .register_middleware(inner, Http),
    );
    let response = client.get("/ok").send().await;
    assert_eq!(
        (response.status().as_u16(), response.text().as_ref(), trace(&response)),
        (403, "stopped", vec!["outer"])
    );
}

/// Tells in headers what the innermost middleware of `main` sees.
async fn spy(request: Request, next: Next<Request>) -> Result<Response> {
    match next.run(request).await {
        Ok(response) => {
            let error = response.error().map(|error| format!("{} {}", error.type_name_for_test(), error));
            let status = response.status();
            let response = response.with_header("x-saw", format!("ok {}", status.as_u16()));
            Ok(match error {
                Some(error) => response.with_header("x-error", error),
                None => response,
            })
        }
        Err(error) => Ok(Response::new(error.to_string()).with_status(500).with_header("x-saw", "err")),
    }
}

trait TypeName {
    fn type_name_for_test(&self) -> &'static str;
}

impl TypeName for Error {
    fn type_name_for_test(&self) -> &'static str {
        match () {
            () if self.is::<ForbiddenError>() => "forbidden",
            () if self.is::<std::io::Error>() => "io",
            () if self.is::<PanicError>() => "panic",
            () => "?",
        }
    }
}

#[tokio::test]
async fn what_http_middleware_sees_of_errors() {
    let client = TestClient::new(base().register_middleware(spy, Http));
    for (path, status, saw, error, body) in [
        ("/ok", 200, "ok 200", "", "\"ok\""),
        ("/view", 403, "ok 403", "forbidden not you", r#"{"Code":"ForbiddenError","Message":"not you"}"#),
        (
            "/error",
            500,
            "ok 500",
            "io disk",
            r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#,
        ),
        ("/unhandled", 500, "err", "", "raw"),
        ("/unhandled/view", 500, "err", "", "raw"),
        (
            "/panic",
            500,
            "ok 500",
            "panic async secret",
            r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#,
        ),
        (
            "/panic/sync",
            500,
            "ok 500",
            "panic sync secret",
            r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#,
        ),
        ("/nowhere", 404, "ok 404", "", ""),
    ] {
        let response = client.get(path).send().await;
        let header =
            |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        assert_eq!((response.status().as_u16(), header("x-saw").as_str()), (status, saw), "{path}");
        if path != "/nowhere" {
            assert_eq!((header("x-error").as_str(), response.text().as_ref()), (error, body), "{path}");
        }
    }
    for (response, saw) in [
        (client.post("/ok").send().await, "ok 405"),
        (client.options("/ok").send().await, "ok 204"),
        (client.get("/ok").header("content-type", "text/xml").send().await, "ok 415"),
        (client.get("/status/x").send().await, "ok 400"),
    ] {
        assert_eq!(response.headers()["x-saw"], saw);
    }
}

#[tokio::test]
async fn uncaught_errors_become_responses() {
    let client = TestClient::new(base());
    let unhandled = client.get("/unhandled").send().await;
    assert_eq!(
        (unhandled.status().as_u16(), unhandled.json::<Value>().unwrap()["Code"].clone()),
        (500, json!("InternalServerError"))
    );
    let view = client.get("/unhandled/view").send().await;
    assert_eq!(view.status(), 500);
    let fails = async |_: Request, _: Next<Request>| Err(NotFoundError::new("from a middleware").into());
    let client = TestClient::new(base().register_middleware(fails, Http));
    let response = client.get("/ok").send().await;
    assert_eq!(
        response.json::<Value>().unwrap(),
        json!({"Code": "NotFoundError", "Message": "from a middleware"})
    );
    assert_eq!(client.get("/nowhere").send().await.status(), 404);
    let panics = async |_: Request, _: Next<Request>| -> Result<Response> { panic!("middleware") };
    let client = TestClient::new(base().register_middleware(spy, Http).register_middleware(panics, Http));
    let response = client.get("/ok").send().await;
    assert_eq!(
        (response.headers()["x-saw"].to_str().unwrap(), response.text().as_ref()),
        ("err", "middleware")
    );
    let client = TestClient::new(base().register_middleware(panics, Http));
    assert_eq!(client.get("/ok").send().await.status(), 500);
    let sync = blocking(|_: Request, _: Next<Request>| -> Result<Response> { panic!("sync middleware") });
    let client = TestClient::new(base().register_middleware(spy, Http).register_middleware(sync, Http));
    assert_eq!(client.get("/ok").send().await.text(), "sync middleware");
}

#[tokio::test]
async fn debug_shows_the_error_and_its_sources_and_nothing_else_does() {
    let client = TestClient::new(base().debug(true));
    let response = client.get("/error").send().await;
    assert!(response.status() == 500 && response.text().contains("disk"), "{}", response.text());
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert!(client.get("/panic").send().await.text().contains("async secret"));
    assert_eq!(client.get("/view").send().await.json::<Value>().unwrap()["Code"], "ForbiddenError");
}

#[tokio::test]
async fn outside_http_errors_are_errors() {
    let seen: &'static AtomicUsize = Box::leak(Box::default());
    let see = move |event: SnsEvent, next: Next<SnsEvent>| async move {
        let outcome = next.run(event).await;
        if let Err(error) = &outcome {
            seen.fetch_add(1, Ordering::SeqCst);
            assert!(error.is::<NotFoundError>() || error.is::<std::io::Error>() || error.is::<PanicError>());
            assert!(error.downcast_ref::<NotFoundError>().is_none_or(|error| error.to_string() == "nothing"));
        }
        outcome
    };
    let client = TestClient::new(base().register_middleware(see, Sns));
    for (message, error_type, text) in
        [("view", "NotFoundError", "nothing"), ("error", "Error", "disk"), ("panic", "Panic", "sns panic")]
    {
        let error = client.send(events::sns("topic", message)).await.unwrap_err();
        assert_eq!((error.error_type.as_str(), error.error_message.as_str()), (error_type, text));
    }
    assert_eq!(seen.load(Ordering::SeqCst), 3);
    assert_eq!(client.send(events::sns("topic", "good")).await.unwrap(), json!("good"));
    let error = client.send(events::sns("sync", "panic")).await.unwrap_err();
    assert!(error.error_type == "Panic" && error.error_message.contains("sync panic"), "{error:?}");
    let error = client.send(events::websocket("$default", "c", "view")).await.unwrap_err();
    assert_eq!(error.error_type, "NotFoundError");
}

#[tokio::test]
async fn an_error_may_become_an_answer() {
    let catch = async |event: SnsEvent, next: Next<_>| match next.run(event).await {
        Err(error) => Ok(json!({"error": error.to_string()})),
        answer => answer,
    };
    let client = TestClient::new(base().register_middleware(catch, Sns));
    assert_eq!(client.send(events::sns("topic", "view")).await.unwrap(), json!({"error": "nothing"}));
    assert_eq!(client.send(events::sns("topic", "panic")).await.unwrap(), json!({"error": "sns panic"}));
}

#[tokio::test]
async fn state_that_nothing_manages_is_an_error_in_a_middleware() {
    let asks = async |event: SnsEvent, next: Next<SnsEvent>| {
        let missing = next.state::<f64>().unwrap_err().to_string();
        assert!(missing.contains("f64"), "{missing}");
        assert_eq!(next.state::<Prefix>()?.0.0, "p");
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(asks, Sns));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!("m"));
}

#[test]
fn errors_take_what_converts() {
    fn text() -> Result<()> {
        Err("text")?
    }
    fn boxed() -> Result<()> {
        Err(Box::<dyn std::error::Error + Send + Sync>::from("boxed"))?
    }
    fn with_anyhow() -> Result<()> {
        Err(anyhow::Error::new(NotFoundError::new("inside")).context("outside"))?
    }
    fn plain_anyhow() -> Result<()> {
        Err(anyhow::Error::new(ConflictError::new("plain")))?
    }
    assert_eq!(text().unwrap_err().to_string(), "text");
    assert_eq!(boxed().unwrap_err().to_string(), "boxed");
    assert_eq!(with_anyhow().unwrap_err().to_string(), "outside");
    assert_eq!(plain_anyhow().unwrap_err().to_string(), "plain");
    let error: Error = ConflictError::new("c").into();
    assert!(error.is::<ConflictError>() && error.downcast_ref::<NotFoundError>().is_none());
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into_boxed();
    assert!(boxed.is::<ConflictError>());
    let text: Error = String::from("owned").into();
    assert_eq!(format!("{text}"), "owned");
    for (error, status) in [
        (Box::new(BadRequestError::new("")) as Box<dyn ViewError>, 400),
        (Box::new(UnauthorizedError::new("")), 401),
        (Box::new(ForbiddenError::new("")), 403),
        (Box::new(NotFoundError::new("")), 404),
        (Box::new(MethodNotAllowedError::new("")), 405),
        (Box::new(RequestTimeoutError::new("")), 408),
        (Box::new(ConflictError::new("")), 409),
        (Box::new(UnprocessableEntityError::new("")), 422),
        (Box::new(TooManyRequestsError::new("")), 429),
        (Box::new(ChaliceViewError::new(String::new())), 500),
    ] {
        assert_eq!(error.status().as_u16(), status);
    }
}

#[derive(Debug)]
#[view_error(418)]
struct Teapot;

impl std::fmt::Display for Teapot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("short")
    }
}

impl std::error::Error for Teapot {}

#[derive(Debug)]
enum Shop {
    Closed,
    Gone(u8),
}

impl std::fmt::Display for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Shop::Closed => f.write_str("closed"),
            Shop::Gone(n) => write!(f, "gone {n}"),
        }
    }
}

impl std::error::Error for Shop {}

#[view_error]
impl ViewError for Shop {
    fn status(&self) -> StatusCode {
        match self {
            Shop::Closed => StatusCode::SERVICE_UNAVAILABLE,
            Shop::Gone(_) => StatusCode::GONE,
        }
    }
}

#[get("/teapot")]
async fn teapot() -> std::result::Result<String, Teapot> {
    Err(Teapot)
}

#[get("/shop/{n}")]
async fn shop(n: u8) -> Result<String> {
    match n {
        0 => Err(Shop::Closed.into()),
        n => Err(Box::<dyn std::error::Error + Send + Sync>::from(Shop::Gone(n)))?,
    }
}

#[tokio::test]
async fn own_view_errors() {
    let client = TestClient::new(base());
    for (path, status, body) in [
        ("/teapot", 418, json!({"Code": "Teapot", "Message": "short"})),
        ("/shop/0", 503, json!({"Code": "Shop", "Message": "closed"})),
        ("/shop/7", 410, json!({"Code": "Shop", "Message": "gone 7"})),
    ] {
        let response = client.get(path).send().await;
        assert_eq!((response.status().as_u16(), response.json::<Value>().unwrap()), (status, body));
    }
}

#[get("/skips", skip = [outer, attribute], middleware = [inner, inner])]
async fn skips() -> &'static str {
    "skips"
}

#[tokio::test]
async fn a_handler_has_its_own_middleware_and_skips_others() {
    let client = TestClient::new(base().register_middleware(outer, Http));
    assert_eq!(client.chain("skips"), ["Class", "blocking_attribute", "over_any", "inner", "inner"]);
    let response = client.get("/skips").header("x-attribute", "1").send().await;
    assert_eq!(trace(&response), ["inner", "inner", "blocking_attribute"]);
}
