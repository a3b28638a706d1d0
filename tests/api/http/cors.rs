//! CORS: the allowed origins, and the responses with the headers.

use std::time::Duration;

use super::*;

const SHOP: &str = "https://shop.example.com";
const ADMIN: &str = "https://admin.example.com";

#[blueprint("/cors", cors = Cors::new().allow_origin(SHOP))]
mod blueprint {
    use super::*;

    #[get("/inherited")]
    async fn inherited() -> &'static str {
        "inherited"
    }

    #[get("/open", cors = true)]
    async fn open() -> &'static str {
        "open"
    }

    #[get("/closed", cors = false)]
    async fn closed() -> &'static str {
        "closed"
    }

    #[derive(Default)]
    struct Orders;

    #[controller("/orders", cors = Cors::new().allow_origins([SHOP, ADMIN]).max_age(Duration::from_secs(60)))]
    impl Orders {
        #[route("/", methods = ["GET", "PUT"])]
        async fn all(&self) -> Response {
            Response::new("orders").with_header("vary", "accept")
        }

        #[delete("/", cors = false)]
        async fn clear(&self) {}
    }

    #[get("/nobody", cors = Cors::new())]
    async fn nobody() -> &'static str {
        "nobody"
    }

    #[route("/own-options", methods = ["GET", "OPTIONS"])]
    async fn own_options(request: Request) -> String {
        format!("own {}", request.method())
    }

    #[get("/fails")]
    async fn fails() -> Result<()> {
        Err("broken".into())
    }
}

async fn stop(request: Request, next: Next<Request>) -> Result<Response> {
    match request.headers().contains_key("x-stop") {
        true => Err(UnauthorizedError::new("who are you?").into()),
        false => next.run(request).await,
    }
}

fn stopping(app: App) -> TestClient {
    TestClient::new(app.manage(Shop("corner")).register_middleware(stop, Http))
}

fn origin(response: &Response) -> Option<&str> {
    response.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_cors_nearest_to_the_route_holds() {
    let client = stopping(app!("cors").cors(Cors::permissive()));
    for (path, expected) in [
        ("/cors/inherited", Some(SHOP)),
        ("/cors/open", Some("*")),
        ("/cors/closed", None),
        ("/cors/nobody", None),
        ("/everything", Some("*")),
    ] {
        let response = client.get(path).header("origin", "https://other.example.com").send().await;
        assert_eq!((response.status().as_u16(), origin(&response)), (200, expected), "{path}");
    }
    let response = stopping(app!("cors")).get("/everything").send().await;
    assert_eq!(origin(&response), None);
}

#[tokio::test]
async fn of_several_origins_the_one_that_asks_is_named() {
    let client = stopping(app!("cors"));
    for (asking, expected) in [(SHOP, Some(SHOP)), (ADMIN, Some(ADMIN)), ("https://other.example.com", None)]
    {
        let response = client.get("/cors/orders").header("origin", asking).send().await;
        assert_eq!(origin(&response), expected);
        let vary: Vec<_> = response.headers().get_all("vary").iter().collect();
        assert_eq!(vary, ["accept, Origin"], "for caches");
        assert_eq!(response.headers().contains_key("access-control-max-age"), expected.is_some());
    }
    let response = client.get("/cors/orders").send().await;
    assert_eq!(origin(&response), None);
}

#[tokio::test]
async fn errors_of_handlers_and_middleware_have_the_headers() {
    let client = stopping(app!("cors"));
    let response = client.get("/cors/fails").send().await;
    assert_eq!((response.status().as_u16(), origin(&response)), (500, Some(SHOP)));
    let response = client.get("/cors/inherited").header("x-stop", "1").send().await;
    assert_eq!((response.status().as_u16(), origin(&response)), (401, Some(SHOP)));
    let response = client.get("/cors/inherited").header("content-type", "text/xml").send().await;
    assert_eq!((response.status().as_u16(), origin(&response)), (415, Some(SHOP)));
}

#[tokio::test]
async fn the_default_of_the_app_covers_what_no_route_serves() {
    let client = stopping(app!("cors").cors(Cors::permissive()));
    let answer = async |method: &str, path: &str| {
        let response = client.request(method, path).header("origin", SHOP).send().await;
        (response.status().as_u16(), origin(&response).map(str::to_owned))
    };
    assert_eq!(answer("GET", "/cors/nowhere").await, (404, Some("*".to_owned())));
    assert_eq!(answer("POST", "/everything").await, (405, Some("*".to_owned())));
    assert_eq!(answer("POST", "/cors/inherited").await, (405, Some(SHOP.to_owned())));
    assert_eq!(
        answer("POST", "/cors/closed").await,
        (405, None),
        "all of the path's routes say `cors = false`"
    );
    assert_eq!(answer("OPTIONS", "/everything").await, (204, Some("*".to_owned())));
    assert_eq!(answer("OPTIONS", "/cors/closed").await, (204, None));
}

#[tokio::test]
async fn a_preflight_is_answered_before_any_middleware() {
    let client = stopping(app!("cors"));
    let ask = async |path: &str, method: &str| {
        let request = client.options(path).header("origin", SHOP).header("x-stop", "1");
        request.header("access-control-request-method", method).send().await
    };
    let response = ask("/cors/orders", "PUT").await;
    assert_eq!((response.status().as_u16(), origin(&response)), (200, Some(SHOP)));
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("access-control-allow-methods"), Some("GET,PUT,OPTIONS"));
    assert_eq!(header("access-control-max-age"), Some("60"));
    assert!(header("access-control-allow-headers").is_some_and(|names| names.contains("Content-Type")));
    assert!(response.body().is_empty());
    // A method without a route: the browser learns which ones there are.
    assert_eq!(ask("/cors/orders", "PATCH").await.status(), 200);

    // A method that no other origin may use, and a path of its own: what comes is what comes without CORS.
    for (path, method) in [("/cors/orders", "DELETE"), ("/cors/closed", "GET")] {
        let response = ask(path, method).await;
        assert_eq!(
            (response.status().as_u16(), origin(&response)),
            (401, None),
            "{path}: not before middleware"
        );
    }
    let request = client.options("/cors/own-options").header("origin", SHOP);
    let response = request.header("access-control-request-method", "GET").send().await;
    assert_eq!((response.text().as_ref(), origin(&response)), ("own OPTIONS", Some(SHOP)));
}

#[test]
fn what_no_browser_takes_is_a_launch_error() {
    let report = |cors: Cors| {
        TestClient::try_new(app!("cors").manage(Shop("corner")).cors(cors)).err().unwrap().to_string()
    };
    let text = report(Cors::permissive().allow_credentials(true));
    assert!(text.contains("`cors` of the app") && text.contains("credentials"), "{text}");
    for origin in [
        "https://example.com/",
        "example.com",
        "https://*.example.com",
        "https://Example.com",
        "https://example.com:443",
        "https://a\nb",
    ] {
        let text = report(Cors::new().allow_origin(origin));
        assert!(text.contains("is not an origin") && text.contains("cors.rs:"), "{text}");
    }
    let text = report(Cors::permissive().allow_headers(["x y"]));
    assert!(text.contains("`x y` is not the name of a header"), "{text}");
}
