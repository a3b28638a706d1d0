//! Over HTTP middleware further out sees a response for every error further in, for each form of middleware.

use chalice_rt::convert::HttpBridge;
use chalice_rt::http;
use chalice_rt::tower::layer::layer_fn;
use chalice_rt::tower::service_fn;

use super::*;

/// Tells in a header what it sees of those further in.
async fn outside(request: Request, next: Next<Request>) -> Result<Response> {
    match next.run(request).await {
        Ok(response) => {
            let saw = response.error().map_or("no error", kind);
            Ok(response.with_header("x-saw", saw))
        }
        Err(error) => Ok(Response::new("").with_status(599).with_header("x-saw", kind(&error))),
    }
}

fn kind(error: &Error) -> &'static str {
    match () {
        () if error.is::<ForbiddenError>() => "view",
        () if error.is::<std::io::Error>() => "error",
        () if error.is::<PanicError>() => "panic",
        () if error.is::<ChaliceUnhandledError>() => "unhandled",
        () => "?",
    }
}

fn trouble(how: &str) -> Result<Response> {
    match how {
        "view" => Err(ForbiddenError::new("not you").into()),
        "error" => Err(std::io::Error::other("secret").into()),
        "unhandled" => Err(ChaliceUnhandledError::new("raw").into()),
        _ => panic!("secret"),
    }
}

fn asked(request: &Request) -> String {
    request.query().get("how").unwrap_or_default().to_owned()
}

async fn before_the_handler(request: Request, _next: Next<Request>) -> Result<Response> {
    trouble(&asked(&request))
}

async fn after_the_handler(request: Request, next: Next<Request>) -> Result<Response> {
    let how = asked(&request);
    next.run(request).await?;
    trouble(&how)
}

struct Type;

impl Middleware<Request> for Type {
    async fn call(&self, request: Request, _next: Next<Request>) -> Result<Response> {
        trouble(&asked(&request))
    }
}

async fn over_any_event(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    match &event {
        AnyEvent::Http(request) => trouble(&asked(request)).map(AnyResponse::from),
        _ => next.run(event).await,
    }
}

/// What stands outside over all kinds sees responses of HTTP as well.
async fn outside_over_any_event(event: AnyEvent, next: Next<AnyEvent>) -> Result<AnyResponse> {
    match next.run(event).await? {
        AnyResponse::Http(response) => {
            let saw = response.error().map_or("no error", kind);
            Ok(response.with_header("x-saw-any", saw).into())
        }
        other => Ok(other),
    }
}

fn failing() -> [(&'static str, App); 6] {
    let seen = || base().register_middleware(outside_over_any_event, All).register_middleware(outside, Http);
    let sync = blocking(|request: Request, _: Next<Request>| trouble(&asked(&request)));
    let layer = layer_fn(|_: HttpBridge| {
        service_fn(|request: http::Request<Body>| async move {
            let how = request.uri().query().unwrap_or_default().trim_start_matches("how=").to_owned();
            trouble(&how).map(|_| http::Response::new(Body::default())).map_err(Error::into_boxed)
        })
    });
    [
        ("before the handler", seen().register_middleware(before_the_handler, Http)),
        ("after the handler", seen().register_middleware(after_the_handler, Http)),
        ("a type", seen().register_middleware(Type, Http)),
        ("over any event", seen().register_middleware(over_any_event, All)),
        ("sync", seen().register_middleware(sync, Http)),
        ("a converted layer", seen().register_middleware(ConvertToMiddleware::http(layer), Http)),
    ]
}

#[tokio::test]
async fn an_error_of_a_middleware_is_a_response_for_the_one_outside() {
    for (form, app) in failing() {
        let client = TestClient::new(app);
        for (how, status, saw_any) in [
            ("view", 403, "view"),
            ("error", 500, "error"),
            ("panic", 500, "panic"),
            ("unhandled", 599, "no error"),
        ] {
            let response = client.get(&format!("/ok?how={how}")).send().await;
            let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
            let saw = (header("x-saw"), header("x-saw-any"));
            assert_eq!(
                (response.status().as_u16(), saw),
                (status, (how.to_owned(), saw_any.to_owned())),
                "{form}, {how}"
            );
            assert!(!response.text().contains("secret"), "{form}, {how}");
        }
    }
}

#[tokio::test]
async fn a_question_mark_adds_a_header_to_every_answer() {
    async fn mark(request: Request, next: Next<Request>) -> Result<Response> {
        Ok(next.run(request).await?.with_header("x-mark", "1"))
    }
    let client =
        TestClient::new(base().register_middleware(mark, Http).register_middleware(before_the_handler, Http));
    assert_eq!(client.get("/ok?how=view").send().await.headers()["x-mark"], "1");
    assert_eq!(client.get("/nowhere?how=error").send().await.headers()["x-mark"], "1");
}

#[tokio::test]
async fn an_error_that_a_middleware_passes_on_by_hand_stays_the_answer() {
    let pass_on = async |request: Request, next: Next<_>| -> Result<Response> {
        let response: Response = next.run(request).await?;
        assert!(response.error().is_some_and(Error::is::<ForbiddenError>));
        Err(ConflictError::new("instead").into())
    };
    let client =
        TestClient::new(base().register_middleware(outside, Http).register_middleware(pass_on, Http));
    let response = client.get("/view").send().await;
    assert_eq!((response.status().as_u16(), response.headers()["x-saw"].as_bytes()), (409, &b"?"[..]));
}

#[tokio::test]
async fn a_view_error_of_a_handshake_is_its_answer() {
    let refuse = async |event: WebsocketEvent, next: Next<_>| match event.body.as_str() {
        "middleware" => Err(ForbiddenError::new("not you").into()),
        _ => next.run(event).await,
    };
    let client = TestClient::new(base().register_middleware(refuse, Websocket));
    for (body, status, code) in [("middleware", 403, "ForbiddenError"), ("handler", 401, "UnauthorizedError")]
    {
        let answer = client.send(events::websocket("$connect", "c", body)).await.unwrap();
        assert_eq!(answer["statusCode"], status);
        let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        assert_eq!(body["Code"], code);
    }
    let error = client.send(events::websocket("$connect", "c", "error")).await.unwrap_err();
    assert_eq!(error.error_message, "disk", "no view error");
    let error = client.send(events::websocket("$default", "c", "middleware")).await.unwrap_err();
    assert_eq!(error.error_type, "ForbiddenError", "no handshake");
}

#[tokio::test]
async fn an_error_makes_its_own_response() {
    #[derive(Debug)]
    #[view_error(507)]
    struct Full;

    impl std::fmt::Display for Full {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("no room")
        }
    }

    impl std::error::Error for Full {}

    for (error, status, body) in [
        (Error::from(Full), 507, json!({"Code": "Full", "Message": "no room"})),
        (NotFoundError::new("gone").into(), 404, json!({"Code": "NotFoundError", "Message": "gone"})),
        (
            "secret".into(),
            500,
            json!({"Code": "InternalServerError", "Message": "An internal server error occurred."}),
        ),
        (
            ChaliceUnhandledError::new(NotFoundError::new("gone")).into(),
            500,
            json!({"Code": "InternalServerError", "Message": "An internal server error occurred."}),
        ),
    ] {
        assert_eq!(error.status().as_u16(), status);
        let name = error.type_name();
        let response = error.into_response();
        assert_eq!((response.status().as_u16(), response.json::<Value>().unwrap()), (status, body));
        assert_eq!(response.error().map(Error::type_name), Some(name));
    }
    let route_answers: Result<Response> = IntoResponse::into_response(Error::from(Full));
    assert!(route_answers.unwrap_err().is::<Full>(), "the exception handlers are asked");
}
