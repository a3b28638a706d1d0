//! Layers: what surrounds a handler is what encloses its module, for every kind, and nothing leaks out of its layer.
//! Controllers, and the nearest exception handler.

use std::sync::{Arc, Mutex};

use chalice_rt::prelude::*;

mod errors;
mod exclusion;
mod files;

/// What ran, in order. Each test's app has its own.
#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Vec<String>>>);

impl Trace {
    fn note(&self, word: &str) {
        self.0.lock().unwrap().push(word.to_owned());
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Notes that it ran, around a handler of any kind.
#[middleware_factory]
async fn mark<E: Event>(event: E, next: Next<E>, word: &str) -> Result<E::Response> {
    next.state::<Trace>()?.note(word);
    next.run(event).await
}

#[middleware_factory]
async fn mark_http(request: Request, next: Next<Request>, word: &str) -> Result<Response> {
    next.state::<Trace>()?.note(word);
    next.run(request).await
}

#[middleware_factory]
fn mark_sns(event: SnsEvent, next: Next<SnsEvent>, word: String) -> Result<Value> {
    next.state::<Trace>()?.note(&word);
    next.run_blocking(event)
}

#[middleware("all")]
async fn root<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.state::<Trace>()?.note("root");
    next.run(event).await
}

/// Handlers of every kind, with these names and sources.
macro_rules! handlers {
    ($source:literal, $arn:literal, $rule:literal) => {
        #[get("/home", name = "home")]
        async fn home() -> &'static str {
            "home"
        }
        #[on_s3_event($source)]
        async fn s3(_event: S3Event) {}
        #[on_sns_message($source)]
        async fn sns(_event: SnsEvent) {}
        #[on_sqs_message($source)]
        async fn sqs(_event: SqsEvent) {}
        #[on_cw_event({"source": [$source]})]
        async fn cloudwatch(_event: CloudWatchEvent) {}
        #[schedule("rate(1 hour)", rule = $rule)]
        async fn scheduled(_event: CloudWatchEvent) {}
        #[on_kinesis_record($source)]
        async fn kinesis(_event: KinesisEvent) {}
        #[on_dynamodb_record($arn)]
        async fn dynamodb(_event: DynamoDbEvent) {}
        #[lambda_function]
        async fn pure(_event: Value) {}
    };
}

handlers!(
    "outside",
    "arn:aws:dynamodb:us-east-1:123456789012:table/outside/stream/2026-01-01T00:00:00.000",
    "rule-outside"
);

#[blueprint(
    "/shop",
    name_prefix = "shop-",
    middleware = [mark("list"), mark_http("list http"), mark_sns("list sns".to_owned())]
)]
mod shop {
    use super::*;

    handlers!(
        "shop",
        "arn:aws:dynamodb:us-east-1:123456789012:table/shop/stream/2026-01-01T00:00:00.000",
        "rule-shop"
    );

    #[on_ws_message]
    async fn message(_event: WebsocketEvent) {}

    #[middleware("all")]
    async fn inside<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        next.state::<Trace>()?.note("inside");
        next.run(event).await
    }

    #[middleware("http", order = -1)]
    async fn first_of_the_shop(request: Request, next: Next<Request>) -> Result<Response> {
        next.state::<Trace>()?.note("first of the shop");
        next.run(request).await
    }

    #[middleware("http", order = 5, scope = "app")]
    async fn of_the_app(request: Request, next: Next<Request>) -> Result<Response> {
        next.state::<Trace>()?.note("of the app");
        next.run(request).await
    }

    /// No blueprint: its handlers are the shop's.
    mod part {
        use super::*;

        #[get("/part")]
        async fn part() {}
    }

    #[blueprint("/admin", name_prefix = "admin-", middleware = [mark("admin list")])]
    mod admin {
        use super::*;

        #[get("/", name = "index")]
        async fn admin() {}

        #[on_sns_message("admin")]
        async fn told(_event: SnsEvent) {}

        #[middleware("sns")]
        async fn admin_sns(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
            next.state::<Trace>()?.note("admin sns");
            next.run(event).await
        }

        #[derive(Default)]
        struct Users;

        #[controller("/users/{org}", middleware = [mark("controller"), mark_http("controller http")])]
        impl Users {
            #[get("/{id}", middleware = [mark("handler")])]
            async fn user(&self, org: String, id: u64) -> String {
                format!("{org} {id}")
            }
        }
    }
}

/// Its name begins like the blueprint's, and that is all they share.
mod shopping {
    use super::*;

    #[get("/shopping")]
    async fn shopping() {}
}

#[derive(Default)]
struct Counter(std::sync::atomic::AtomicU32);

#[controller("/counter")]
impl Counter {
    #[post("/", content_types = [])]
    fn add(&self) -> String {
        (1 + self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst)).to_string()
    }

    #[get("/fixed")]
    async fn fixed() -> &'static str {
        "without self"
    }
}

struct Greeter(&'static str);

#[controller("/greeter", middleware = [mark("greeter")])]
impl Greeter {
    #[get("/{name}")]
    async fn greet(&self, name: String) -> String {
        format!("{} {name}", self.0)
    }
}

pub(crate) fn app() -> (App, Trace) {
    let trace = Trace::default();
    (app!("layers").manage(trace.clone()).controller(Greeter("hello")), trace)
}

pub(crate) fn client() -> TestClient {
    TestClient::new(app().0)
}

async fn passes(app: App, trace: &Trace, path: &str) -> Vec<String> {
    assert_eq!(TestClient::new(app).get(path).send().await.status(), 200, "{path}");
    trace.taken()
}

#[tokio::test]
async fn each_layer_surrounds_what_is_in_it_outermost_first() {
    for (path, passed) in [
        ("/home", vec!["root", "of the app"]),
        ("/shopping", vec!["root", "of the app"]),
        ("/shop/home", vec!["root", "of the app", "first of the shop", "list", "list http", "inside"]),
        ("/shop/part", vec!["root", "of the app", "first of the shop", "list", "list http", "inside"]),
        (
            "/shop/admin",
            vec!["root", "of the app", "first of the shop", "list", "list http", "inside", "admin list"],
        ),
        (
            "/shop/admin/users/o/7",
            vec![
                "root",
                "of the app",
                "first of the shop",
                "list",
                "list http",
                "inside",
                "admin list",
                "controller",
                "controller http",
                "handler",
            ],
        ),
        ("/greeter/ada", vec!["root", "of the app", "greeter"]),
        ("/files/one", vec!["root", "of the app", "files", "files inside"]),
        ("/files/inner/two", vec!["root", "of the app", "files", "files inside", "inner"]),
    ] {
        let (app, trace) = app();
        assert_eq!(passes(app, &trace, path).await, passed, "{path}");
    }
}

#[tokio::test]
async fn what_is_in_main_is_outside_of_every_layer() {
    let (app, trace) = app();
    let app =
        app.register_middleware(mark("main"), All).register_middleware(mark_sns("main sns".to_owned()), Sns);
    let client = TestClient::new(app);
    client.send(events::sns("admin", "m")).await.unwrap();
    assert_eq!(
        trace.taken(),
        ["main", "main sns", "root", "list", "list sns", "inside", "admin list", "admin sns"]
    );
    client.get("/nowhere").send().await;
    assert_eq!(trace.taken(), ["main", "root", "of the app"]);
    client.get("/shop/nowhere").send().await;
    assert_eq!(trace.taken(), ["main", "root", "of the app"]);
    client.post("/shop/home").send().await;
    assert_eq!(trace.taken(), ["main", "root", "of the app"]);
}

#[tokio::test]
async fn nothing_leaks_for_any_kind() {
    let (app, trace) = app();
    let client = TestClient::new(app);
    let event = |source: &'static str| -> Vec<Value> {
        vec![
            events::s3(source, "k").into(),
            events::sqs(source, ["a"]).into(),
            events::cloudwatch(source, "t", json!({})).into(),
            events::scheduled(format!("rule-{source}")).into(),
            events::kinesis(source, ["d"]).into(),
            events::dynamodb(source, [events::insert(json!({"id": 1}))]).into(),
        ]
    };
    for event in event("outside") {
        client.send(event.clone()).await.unwrap();
        assert_eq!(trace.taken(), ["root"], "{event}");
    }
    for event in event("shop") {
        client.send(event.clone()).await.unwrap();
        assert_eq!(trace.taken(), ["root", "list", "inside"], "{event}");
    }
    client.send(events::sns("outside", "m")).await.unwrap();
    assert_eq!(trace.taken(), ["root"]);
    client.send(events::sns("shop", "m")).await.unwrap();
    assert_eq!(trace.taken(), ["root", "list", "list sns", "inside"]);
    client.send(events::websocket("$default", "c", "m")).await.unwrap();
    assert_eq!(trace.taken(), ["root", "list", "inside"]);
    client.invoke("pure", &json!({})).await.unwrap();
    assert_eq!(trace.taken(), ["root"]);
    client.invoke("shop-pure", &json!({})).await.unwrap();
    assert_eq!(trace.taken(), ["root", "list", "inside"]);
}

#[test]
fn prefixes_of_names_are_for_every_kind_and_nest() {
    let client = client();
    for kind in ["home", "s3", "sns", "sqs", "cloudwatch", "scheduled", "kinesis", "dynamodb", "pure"] {
        let (outside, inside) = (client.chain(kind), client.chain(&format!("shop-{kind}")));
        assert!(outside.len() < inside.len() && inside.contains(&"inside"), "{kind}: {inside:?}");
    }
    assert!(client.chain("shop-message").contains(&"inside"));
    assert!(client.chain("shop-admin-told").contains(&"admin_sns"));
    assert_eq!(client.chain("shop-admin-index"), client.chain("GET /shop/admin"));
    assert_eq!(client.chain("shop-admin-user"), client.chain("GET /shop/admin/users/{org}/{id}"));
    assert_eq!(client.chain("files-one")[2..], ["root", "of_the_app", "mark", "of_the_files"]);
    assert_eq!(client.chain("files-inner-two")[2..], ["root", "of_the_app", "mark", "of_the_files", "mark"]);
}

#[tokio::test]
async fn a_controller_has_one_value_for_the_life_of_the_app() {
    let client = client();
    for n in 1..4 {
        assert_eq!(client.post("/counter").send().await.text(), n.to_string());
    }
    assert_eq!(client.get("/counter/fixed").send().await.text(), "without self");
    assert_eq!(client.get("/greeter/ada").send().await.text(), "hello ada");
    assert_eq!(client.get("/shop/admin/users/o/7").send().await.text(), "o 7");
    let (app, _) = app();
    let given = TestClient::new(app.controller(Counter(41.into())));
    assert_eq!(
        given.post("/counter").send().await.text(),
        "42",
        "a value that is given goes before the default"
    );
    assert_eq!(TestClient::new(self::app().0).post("/counter").send().await.text(), "1");
}

#[test]
fn a_controller_method_stays_callable() {
    assert_eq!(Counter(6.into()).add(), "7");
}
