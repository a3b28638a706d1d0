//! The examples of BlackSheep's page on middleware.

use chalice_rt::prelude::*;

use super::{app, client};

#[blueprint("/b1", name_prefix = "b1-")]
mod functions_and_types {
    use super::*;

    #[middleware("http")]
    async fn middleware_one(request: Request, next: Next<Request>) -> Result<Response> {
        println!("middleware 1: A");
        let response = next.run(request).await;
        println!("middleware 1: B");
        response
    }

    #[middleware("http")]
    async fn middleware_two(request: Request, next: Next<Request>) -> Result<Response> {
        println!("middleware 2: C");
        let response = next.run(request).await;
        println!("middleware 2: D");
        response
    }

    #[derive(Default)]
    struct ExampleMiddleware;

    #[middleware("http")]
    impl Middleware<Request> for ExampleMiddleware {
        async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
            // do something before passing the request on
            let response = next.run(request).await;
            // do something after what is inside has made the response
            response
        }
    }

    #[get("/")]
    fn home() -> &'static str {
        "OK"
    }
}

#[tokio::test]
async fn functions_and_types_run_in_the_order_written() {
    let client = client();
    assert_eq!(client.get("/b1").send().await.text(), "OK");
    assert_eq!(client.chain("b1-home"), ["middleware_one", "middleware_two", "ExampleMiddleware"]);
}

#[blueprint("/b4", name_prefix = "b4-")]
mod for_some_routes {
    use super::*;

    #[middleware_factory]
    async fn headers(
        request: Request,
        next: Next<Request>,
        additional: &[(&'static str, &'static str)],
    ) -> Result<Response> {
        let mut response = next.run(request).await?;
        for (name, value) in additional {
            response = response.with_header(*name, *value);
        }
        Ok(response)
    }

    #[get("/", middleware = [headers([("X-Foo", "Foo")])])]
    async fn home() -> &'static str {
        "OK"
    }

    #[get("/sync", middleware = [headers([("X-Foo", "Foo")])])]
    fn home_sync() -> &'static str {
        "OK"
    }

    #[get("/plain")]
    async fn plain() {}
}

#[tokio::test]
async fn a_factory_is_for_the_routes_that_name_it_sync_or_not() {
    let client = client();
    for path in ["/b4", "/b4/sync"] {
        let response = client.get(path).send().await;
        assert_eq!(
            (response.text().as_ref(), &response.headers()["x-foo"]),
            ("OK", &HeaderValue::from_static("Foo"))
        );
    }
    assert!(!client.get("/b4/plain").send().await.headers().contains_key("x-foo"));
}

async fn noted(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

/// What its test pins: categories and priorities in any order of the calls.
#[test]
fn categories_and_priorities_are_orders() {
    let app = app();
    let (b0, b1, b2, msg, auth, init, ins) = (noted, noted, noted, noted, noted, noted, noted);
    const INIT: i32 = -40;
    const AUTH: i32 = -20;
    const MESSAGE: i32 = 10;
    let app = app
        .register_middleware(with(b1).name("b1"), Http)
        .register_middleware(with(msg).order(MESSAGE).name("msg"), Http)
        .register_middleware(with(auth).order(AUTH).name("auth"), Http)
        .register_middleware(with(b2).name("b2"), Http)
        .register_middleware(with(b0).order(-5).name("b0"), Http)
        .register_middleware(with(init).order(INIT).name("init"), Http)
        .register_middleware(with(ins).order(INIT - 1).name("ins"), Http);
    let chain = TestClient::new(app).chain("GET /b4/plain").join(" ");
    assert_eq!(chain, "ins init auth b0 b1 b2 msg");
}

/// What its tests pin: a third one that answers 403, and one for GET and HEAD, which is applied once.
#[tokio::test]
async fn an_answer_of_its_own_and_one_application_for_get_and_head() {
    let calls: &'static std::sync::Mutex<Vec<u8>> = Box::leak(Box::default());
    let note = |enter: u8, leave: u8| {
        move |request: Request, next: Next<Request>| async move {
            calls.lock().unwrap().push(enter);
            let stop = enter == 6 && request.query().get("stop").is_some();
            let response =
                if stop { Ok(Response::new(()).with_status(403)) } else { next.run(request).await };
            calls.lock().unwrap().push(leave);
            response
        }
    };
    let app = app()
        .register_middleware(note(1, 2), Http)
        .register_middleware(note(3, 4), Http)
        .register_middleware(note(6, 7), Http);
    let client = TestClient::new(app);
    assert_eq!(client.get("/b4/plain").send().await.status(), 200);
    assert_eq!(std::mem::take(&mut *calls.lock().unwrap()), [1, 3, 6, 7, 4, 2]);
    assert_eq!(client.get("/b4/plain?stop=1").send().await.status(), 403);
    assert_eq!(std::mem::take(&mut *calls.lock().unwrap()), [1, 3, 6, 7, 4, 2]);
    assert_eq!(client.head("/b4/plain").send().await.status(), 200);
    assert_eq!(std::mem::take(&mut *calls.lock().unwrap()), [1, 3, 6, 7, 4, 2]);
    assert_eq!(client.get("/nowhere").send().await.status(), 404);
    assert_eq!(calls.lock().unwrap().len(), 6, "middleware runs for a path without a route, too");
}
