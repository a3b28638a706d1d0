//! What panics while an app is put together keeps it from starting, and says where it stands.

use chalice_rt::prelude::*;

struct Keyed;

impl Default for Keyed {
    fn default() -> Self {
        panic!("no key in the environment")
    }
}

#[middleware("http")]
impl Middleware<Request> for Keyed {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

#[middleware_factory]
async fn limited(request: Request, next: Next<Request>, limit: u32) -> Result<Response> {
    assert!(limit > 0);
    next.run(request).await
}

fn limit() -> u32 {
    "many".parse().expect("LIMIT is a number")
}

#[get("/limited", middleware = [limited(limit())])]
async fn limited_route() {}

struct Store;

impl Default for Store {
    fn default() -> Self {
        panic!("no table")
    }
}

#[controller("/store")]
impl Store {
    #[get("/")]
    async fn list(&self) {}
}

#[get("/fine")]
async fn fine() {}

fn line(of: &str) -> String {
    let text = include_str!("panics_at_start.rs");
    format!("{}:{}", file!(), text.lines().position(|line| line.contains(of)).expect("the line is there") + 1)
}

#[test]
fn each_is_told_with_its_place_and_its_message() {
    let report = TestClient::try_new(app!("panicking")).expect_err("the app cannot start");
    for (name, line, message) in [
        ("Keyed", line("impl Middleware<Request> for Keyed"), "no key in the environment"),
        ("limited_route", line("async fn limited_route"), "LIMIT is a number"),
        ("Store", line("impl Store"), "no table"),
    ] {
        let told = report.errors().filter(|error| {
            [&format!("`{name}`"), "panicked", message, line.as_str()]
                .iter()
                .all(|word| error.contains(*word))
        });
        assert_eq!(told.count(), 1, "{name}: {report}");
    }
    assert_eq!(report.errors().count(), 3, "what is fine is no error, and what panics is one: {report}");
}
