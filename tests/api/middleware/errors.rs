//! Errors in middleware: what it sees, and the caller's answer.

use super::*;

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
    let client = TestClient::new(base().register_middleware(panics, Http));
    assert_eq!(client.get("/ok").send().await.status(), 500);
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
