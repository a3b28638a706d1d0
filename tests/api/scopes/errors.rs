//! Exception handlers: by status and by type, the nearest to the handler, inside of all middleware.

use std::fmt;

use chalice_rt::prelude::*;

use super::client;

#[derive(Debug)]
pub(crate) struct Quota(&'static str);

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} left", self.0)
    }
}

impl std::error::Error for Quota {}

/// Adds a header to every response, whoever made it, and tells whether it saw an error.
#[middleware("http", order = -9)]
async fn outermost(request: Request, next: Next<Request>) -> Result<Response> {
    match next.run(request).await {
        Ok(response) => {
            let error = response.error().map(ToString::to_string);
            let response = response.with_header("x-outermost", "response");
            Ok(match error {
                Some(error) => response.with_header("x-error", error),
                None => response,
            })
        }
        Err(error) => Err(error),
    }
}

/// Fails if a header asks for it.
#[middleware("http", order = -8)]
async fn may_fail(request: Request, next: Next<Request>) -> Result<Response> {
    match request.headers().get("x-fail").map(HeaderValue::as_bytes) {
        Some(b"quota") => Err(Quota("middleware").into()),
        Some(b"missing") => Err(NotFoundError::new("said a middleware").into()),
        _ => next.run(request).await,
    }
}

#[exception_handler(404)]
async fn missing(error: &Error, request: &Request) -> Response {
    Response::new(format!("app 404 {}: {error}", request.path())).with_status(404)
}

#[exception_handler(405)]
fn wrong_method(error: &Error) -> (StatusCode, String) {
    (StatusCode::METHOD_NOT_ALLOWED, format!("app 405: {error}"))
}

#[exception_handler]
fn quota(error: &Quota) -> (StatusCode, String) {
    (StatusCode::TOO_MANY_REQUESTS, format!("app: {error}"))
}

#[get("/fails/{how}")]
async fn fails(how: String) -> Result<&'static str> {
    fail(&how)
}

pub(crate) fn fail(how: &str) -> Result<&'static str> {
    match how {
        "quota" => Err(Quota("calls").into()),
        "missing" => Err(NotFoundError::new("not here").into()),
        "conflict" => Err(ConflictError::new("twice").into()),
        "io" => Err(std::io::Error::other("secret").into()),
        "unhandled" => Err(ChaliceUnhandledError::new(Quota("unhandled")).into()),
        _ => panic!("secret panic"),
    }
}

#[blueprint("/part")]
mod part {
    use super::*;

    #[get("/fails/{how}")]
    async fn fails(how: String) -> Result<&'static str> {
        fail(&how)
    }

    #[exception_handler]
    async fn quota(error: &Quota, request: &Request) -> (StatusCode, String) {
        (StatusCode::PAYMENT_REQUIRED, format!("part {}: {error}", request.method()))
    }

    #[exception_handler(500)]
    fn anything(_error: &Error) -> (StatusCode, &'static str) {
        (StatusCode::BAD_GATEWAY, "part: something broke")
    }

    #[blueprint("/deep")]
    mod deep {
        use super::*;

        #[get("/fails/{how}")]
        fn fails(how: String) -> Result<&'static str> {
            fail(&how)
        }

        #[exception_handler(409)]
        fn conflict(error: &Error) -> Result<Response> {
            Err(UnauthorizedError::new(format!("deep: {error}")).into())
        }

        #[derive(Default)]
        struct Things {
            name: &'static str,
        }

        #[controller("/things")]
        impl Things {
            #[get("/fails/{how}")]
            async fn fails_in_a_controller(&self, how: String) -> Result<&'static str> {
                fail(&how)
            }

            #[exception_handler(404)]
            fn missing(&self, error: &Error) -> (StatusCode, String) {
                (StatusCode::GONE, format!("things{}: {error}", self.name))
            }

            #[exception_handler]
            async fn conflict(error: &ConflictError, request: &Request) -> (StatusCode, String) {
                (StatusCode::CONFLICT, format!("things {}: {error}", request.param("how").unwrap_or("?")))
            }
        }
    }
}

#[tokio::test]
async fn the_nearest_handler_of_an_error_answers_it() {
    let client = client();
    let generic = r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#;
    for (path, status, body) in [
        ("/fails/quota", 429, "app: no calls left"),
        ("/fails/missing", 404, "app 404 /fails/missing: not here"),
        ("/fails/conflict", 409, r#"{"Code":"ConflictError","Message":"twice"}"#),
        ("/fails/io", 500, generic),
        ("/fails/panic", 500, generic),
        ("/part/fails/quota", 402, "part GET: no calls left"),
        ("/part/fails/missing", 404, "app 404 /part/fails/missing: not here"),
        ("/part/fails/io", 502, "part: something broke"),
        ("/part/fails/panic", 502, "part: something broke"),
        ("/part/deep/fails/quota", 402, "part GET: no calls left"),
        ("/part/deep/fails/conflict", 401, r#"{"Code":"UnauthorizedError","Message":"deep: twice"}"#),
        ("/part/deep/things/fails/missing", 410, "things: not here"),
        ("/part/deep/things/fails/conflict", 409, "things conflict: twice"),
        ("/part/deep/things/fails/quota", 402, "part GET: no calls left"),
    ] {
        let response = client.get(path).send().await;
        assert_eq!((response.status().as_u16(), response.text().as_ref()), (status, body), "{path}");
        assert_eq!(response.headers()["x-outermost"], "response", "{path}");
        assert!(response.headers().contains_key("x-error"), "{path}: the error is still to be seen");
    }
}

#[tokio::test]
async fn requests_without_a_route_are_the_apps_also_under_a_blueprint() {
    let client = client();
    for (response, status, body) in [
        (client.get("/nowhere").send().await, 404, "app 404 /nowhere: no route for /nowhere"),
        (client.get("/part/nowhere").send().await, 404, "app 404 /part/nowhere: no route for /part/nowhere"),
        (client.post("/part/fails/x").send().await, 405, "app 405: Unsupported method: POST"),
    ] {
        assert_eq!((response.status().as_u16(), response.text().as_ref()), (status, body));
        assert_eq!(response.headers()["x-outermost"], "response");
    }
    assert_eq!(client.post("/part/fails/x").send().await.headers()["allow"], "GET");
}

#[tokio::test]
async fn an_error_of_a_middleware_is_answered_by_the_nearest_too() {
    let client = client();
    for (path, how, status, body) in [
        ("/fails/x", "quota", 429, "app: no middleware left"),
        ("/part/fails/x", "quota", 402, "part GET: no middleware left"),
        ("/part/deep/things/fails/x", "missing", 410, "things: said a middleware"),
        ("/nowhere", "quota", 429, "app: no middleware left"),
    ] {
        let response = client.get(path).header("x-fail", how).send().await;
        assert_eq!((response.status().as_u16(), response.text().as_ref()), (status, body), "{path}");
        assert_eq!(response.headers()["x-outermost"], "response", "{path}");
        assert!(response.headers().contains_key("x-error"), "{path}: the error is still to be seen");
    }
}

#[tokio::test]
async fn an_unhandled_error_passes_the_middleware_as_an_error() {
    let response = client().get("/fails/unhandled").send().await;
    assert_eq!(response.status(), 500);
    assert!(!response.headers().contains_key("x-outermost"));
}
