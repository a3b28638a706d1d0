//! The examples of Litestar's pages on middleware.

use chalice_rt::prelude::*;
use tower_http::cors::CorsLayer;

use super::{app, client};

async fn my_middleware(request: Request, next: Next<Request>) -> Result<Response> {
    // do something here
    next.run(request).await
}

#[test]
fn a_function_is_given_to_the_app() {
    let app = app();
    let app = app.register_middleware(my_middleware, Http);
    assert_eq!(TestClient::new(app).chain("l2-index"), ["my_middleware", "MyRequestLogging"]);
}

#[blueprint("/l2", name_prefix = "l2-")]
mod logging {
    use super::*;

    #[derive(Default)]
    struct MyRequestLogging;

    #[middleware("http", "websocket")]
    impl<E: Event> Middleware<E> for MyRequestLogging {
        async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
            tracing::info!(kind = %event.kind(), "an event");
            next.run(event).await
        }
    }

    #[get("/")]
    async fn index() {}
}

#[blueprint("/account", name_prefix = "l3-")]
mod redirect {
    use super::*;

    #[middleware("http", exclude = ["/account/login"])]
    async fn redirect(request: Request, next: Next<Request>) -> Result<Response> {
        if request.cookies().get("session").is_none() {
            return Ok(Response::new(()).with_status(StatusCode::FOUND).with_header("location", "/login"));
        }
        next.run(request).await
    }

    #[get("/")]
    async fn index() -> &'static str {
        "here"
    }

    #[get("/login")]
    async fn login() -> &'static str {
        "who are you?"
    }
}

#[tokio::test]
async fn a_middleware_may_redirect() {
    let client = client();
    let sent = client.get("/account").send().await;
    assert_eq!((sent.status().as_u16(), sent.headers()["location"].to_str().unwrap()), (302, "/login"));
    assert_eq!(client.get("/account").header("cookie", "session=1").send().await.text(), "here");
    assert_eq!(client.get("/account/login").send().await.text(), "who are you?");
}

#[blueprint("/paths", name_prefix = "l5-")]
mod fine_tuned {
    use super::*;
    use std::time::Instant;

    #[middleware("http", exclude = ["/paths/first_path", "/paths/second_path"])]
    async fn process_time(request: Request, next: Next<Request>) -> Result<Response> {
        let start = Instant::now();
        let response = next.run(request).await?;
        Ok(response.with_header("x-process-time", start.elapsed().as_secs_f64().to_string()))
    }

    #[get("/first_path")]
    async fn first_handler() {}

    #[get("/second_path")]
    async fn second_handler() {}

    #[get("/third_path", skip = [process_time])]
    async fn third_handler() {}

    #[get("/greet")]
    async fn not_excluded_handler() {}
}

#[tokio::test]
async fn a_middleware_is_left_out_by_template_or_by_the_handler() {
    let client = client();
    for (path, there) in
        [("/first_path", false), ("/second_path", false), ("/third_path", false), ("/greet", true)]
    {
        let response = client.get(&format!("/paths{path}")).send().await;
        assert_eq!(response.headers().contains_key("x-process-time"), there, "{path}");
    }
}

#[middleware_factory]
async fn configured(request: Request, next: Next<Request>, my_arg: u32, my_kwarg: &str) -> Result<Response> {
    // here we can use my_arg and my_kwarg for some purpose
    Ok(next.run(request).await?.with_header("x-configured", format!("{my_arg} {my_kwarg}")))
}

#[tokio::test]
async fn arguments_are_given_where_it_is_registered() {
    let app = app();
    let app = app.register_middleware(configured(1, "abc"), Http);
    let response = TestClient::new(app).get("/l2").send().await;
    assert_eq!(response.headers()["x-configured"], "1 abc");
}

#[derive(Clone, Default)]
struct Calls(Vec<u32>);

#[middleware_factory]
async fn test_middleware(mut request: Request, next: Next<Request>, id: u32) -> Result<Response> {
    request.extensions_mut().get_or_insert_default::<Calls>().0.push(id);
    next.run(request).await
}

#[blueprint("/router", middleware = [test_middleware(2), test_middleware(3)])]
mod router {
    use super::*;

    #[derive(Default)]
    struct MyController;

    #[controller("/controller", middleware = [test_middleware(4), test_middleware(5)])]
    impl MyController {
        #[get("/handler", middleware = [test_middleware(6), test_middleware(7)])]
        async fn my_handler(&self, calls: Extension<Calls>) -> Json<Vec<u32>> {
            Json(calls.0.0)
        }
    }
}

#[tokio::test]
async fn layers_run_from_the_app_to_the_handler() {
    let app = app();
    let app = app.register_middleware(test_middleware(0), Http).register_middleware(test_middleware(1), Http);
    let response = TestClient::new(app).get("/router/controller/handler").send().await;
    assert_eq!(response.json::<Vec<u32>>().unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[blueprint("/l8", name_prefix = "l8-")]
mod exceptions {
    use super::*;

    #[exception_handler(409)]
    async fn conflict(error: &Error, request: &Request) -> Response {
        Response::new(json!({"path": request.path(), "why": error.to_string()})).with_status(409)
    }

    #[middleware("http")]
    async fn stamp(request: Request, next: Next<Request>) -> Result<Response> {
        Ok(next.run(request).await?.with_header("x-stamp", "1"))
    }

    #[get("/")]
    async fn twice() -> Result<()> {
        Err(ConflictError::new("twice").into())
    }
}

#[tokio::test]
async fn the_response_of_an_exception_handler_passes_the_middleware() {
    let response = client().get("/l8").send().await;
    assert_eq!(response.json::<Value>().unwrap(), json!({"path": "/l8", "why": "twice"}));
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-stamp"]),
        (409, &HeaderValue::from_static("1"))
    );
}

/// What its tests pin: headers of CORS on the responses of errors, and here on the router's own, too.
#[tokio::test]
async fn cors_headers_are_on_responses_of_errors() {
    let app = app().register_middleware(ConvertToMiddleware::http(CorsLayer::permissive()), Http);
    let client = TestClient::new(app);
    for (path, status) in [("/l8", 409), ("/nowhere", 404), ("/c3", 500)] {
        let response = client.get(path).header("origin", "https://a.example").send().await;
        assert_eq!(
            (response.status().as_u16(), &response.headers()["access-control-allow-origin"]),
            (status, &HeaderValue::from_static("*"))
        );
    }
}

/// What its tests pin: an error that a middleware raises has its status.
#[tokio::test]
async fn an_error_of_a_middleware_has_its_status() {
    let refuse = async |_: Request, _: Next<Request>| Err(BadRequestError::new("no").into());
    let response = TestClient::new(app().register_middleware(refuse, Http)).get("/l2").send().await;
    assert_eq!(
        (response.status().as_u16(), response.json::<Value>().unwrap()["Code"].clone()),
        (400, json!("BadRequestError"))
    );
}
