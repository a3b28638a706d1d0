//! Exclusion by template, by method, by name, by module; `skip`; all decided at start.

use chalice_rt::prelude::*;

use super::{Trace, app, client, mark};

#[blueprint("/ex", name_prefix = "ex-", middleware = [mark("listed")])]
mod ex {
    use super::*;

    #[get("/users/{id}")]
    async fn user(id: u64) -> String {
        id.to_string()
    }

    #[route("/both", methods = ["GET", "POST"], content_types = [])]
    async fn both() {}

    #[get("/health")]
    async fn health() {}

    #[get("/skips", skip = [mark, by_template], middleware = [mark("own")])]
    async fn skips() {}

    #[on_sns_message("ex")]
    async fn told(_event: SnsEvent) {}

    #[on_sns_message("ex-too")]
    async fn told_too(_event: SnsEvent) {}

    #[middleware("http", exclude = ["/ex/users/{id}", "/ex/health"])]
    async fn by_template(request: Request, next: Next<Request>) -> Result<Response> {
        next.state::<Trace>()?.note("by_template");
        next.run(request).await
    }

    #[middleware("http", exclude = ["GET /ex/both"])]
    async fn by_method(request: Request, next: Next<Request>) -> Result<Response> {
        next.state::<Trace>()?.note("by_method");
        next.run(request).await
    }

    #[middleware("all", exclude = ["ex-told", "ex-health"])]
    async fn by_name<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await
    }

    #[middleware("all", exclude = ["ex::ex-told_too", "exclusion::ex::ex-user"])]
    async fn by_module<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await
    }
}

#[test]
fn what_is_excluded_is_not_in_the_chain() {
    let client = client();
    let own = |name: &str| -> Vec<String> {
        let chain = client.chain(name);
        let names = chain.into_iter().filter(|name| name.starts_with("by_") || *name == "mark");
        names.map(str::to_owned).collect()
    };
    assert_eq!(own("ex-user"), ["mark", "by_method", "by_name"]);
    assert_eq!(own("ex-health"), ["mark", "by_method", "by_module"]);
    assert_eq!(own("ex-skips"), ["by_method", "by_name", "by_module"], "`skip` also takes the handler's own");
    assert_eq!(own("ex-told"), ["mark", "by_module"]);
    assert_eq!(own("ex-told_too"), ["mark", "by_name"]);
}

#[tokio::test]
async fn a_method_may_be_excluded_alone() {
    let (app, trace) = app();
    let client = TestClient::new(app);
    assert!(!client.chain("GET /ex/both").contains(&"by_method"));
    assert!(client.chain("POST /ex/both").contains(&"by_method"));
    client.get("/ex/both").send().await;
    assert!(!trace.taken().contains(&"by_method".to_owned()));
    client.head("/ex/both").send().await;
    assert!(!trace.taken().contains(&"by_method".to_owned()), "HEAD is that of the GET");
    client.post("/ex/both").send().await;
    assert!(trace.taken().contains(&"by_method".to_owned()));
}

#[test]
#[should_panic(expected = "different chains: `GET /ex/both`, `POST /ex/both`; say which")]
fn a_route_whose_methods_differ_is_asked_for_by_method() {
    client().chain("ex-both");
}

#[tokio::test]
async fn a_template_is_meant_and_not_a_path() {
    let (app, trace) = app();
    let app = app.register_middleware(with(mark("main")).exclude(["/ex/users/7"]), Http);
    let client = TestClient::new(app);
    client.get("/ex/users/7").send().await;
    assert!(trace.taken().contains(&"main".to_owned()), "`/ex/users/7` is no template, and excludes nothing");
    client.get("/ex/users/7?x=1").send().await;
    assert!(!trace.taken().contains(&"by_template".to_owned()));
    client.get("/ex/users/notanumber").send().await;
    assert!(
        !trace.taken().contains(&"by_template".to_owned()),
        "also for a request that its extractors refuse"
    );
}

#[test]
fn explicit_ones_exclude_by_the_same_words() {
    let app =
        app().0.register_middleware(with(mark("x")).name("explicit").exclude(["ex-told", "/ex/health"]), All);
    let client = TestClient::new(app);
    assert!(
        !client.chain("ex-told").contains(&"explicit") && !client.chain("ex-health").contains(&"explicit")
    );
    assert!(
        client.chain("ex-user").contains(&"explicit") && client.chain("ex-told_too").contains(&"explicit")
    );
}
