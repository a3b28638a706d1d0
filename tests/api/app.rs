//! The app as a user meets it: `app!`, setup, state, names of handlers, a thousand routes, `_HANDLER`.

#[path = "../process/support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;
use support::events::{rest, sns};
use support::process::{Process, clean};
use support::runtime_api::RuntimeApi;
use tokio::process::Command;

struct Pool(&'static str);

#[get("/pool")]
async fn pool(pool: Option<State<Pool>>) -> String {
    pool.map_or("none", |pool| pool.0.0).to_owned()
}

#[get("/twin")]
async fn twin() -> &'static str {
    "outer"
}

mod inner {
    use chalice_rt::prelude::*;

    #[post("/inner/twin")]
    pub(super) async fn twin() -> &'static str {
        "inner"
    }

    #[lambda_function]
    pub(super) async fn job(event: Value) -> Value {
        json!(["job", event])
    }
}

/// Named like one of the words that mean every handler.
#[lambda_function(name = "main")]
async fn main_handler(_event: Value) -> &'static str {
    "the handler main"
}

#[on_sns_message("topic")]
async fn on_topic(event: SnsEvent) -> String {
    event.message
}

#[on_ws_connect(name = "socket")]
async fn connect() {}

#[on_ws_message(name = "socket")]
async fn message() {}

#[middleware("http")]
async fn around(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

// ---- app! ----

#[test]
fn app_has_four_forms() {
    assert_eq!(app!().name(), "chalice-tests");
    assert_eq!(app!("name").name(), "name");
    assert_eq!(app!("name", include = []).name(), "name");
    assert_eq!(app!("name", include = [serde_json]).name(), "name");
    const NAME: &str = "constant";
    assert_eq!(app!(NAME).name(), NAME);
}

#[tokio::test]
async fn everything_can_be_said_at_once() {
    let app = app!("all")
        .manage(1_u8)
        .debug(false)
        .binary_types(["image/png", "application/pdf"])
        .strict_slashes()
        .on_shutdown(|| async {})
        .register_middleware(around, Http)
        .setup(|app: App| async move { Ok(app.manage(Pool("set up")).manage(String::from("more"))) })
        .setup(|app| async move {
            tokio::task::yield_now().await;
            Ok(app.manage(2_u16))
        });
    let client = TestClient::new(app);
    assert_eq!(client.get("/pool").send().await.text(), "set up");
    assert_eq!(client.chain("pool"), ["around", "around"]);
}

// ---- setup ----

#[tokio::test]
async fn a_setup_runs_once_before_the_first_event() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let app = app!("once").setup(|app| async {
        RUNS.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        Ok(app.manage(Pool("ready")))
    });
    let client = TestClient::try_new(app).unwrap();
    assert_eq!(RUNS.load(Ordering::SeqCst), 0);
    let (one, two) = tokio::join!(client.get("/pool").send(), client.get("/pool").send());
    assert_eq!((one.text().as_ref(), two.text().as_ref()), ("ready", "ready"));
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_error_of_a_setup_is_that_of_the_first_call() {
    for (app, text) in [
        (app!("fails").setup(|_| async { Err(std::io::Error::other("no database").into()) }), "no database"),
        (app!("panics").setup(|_| async { panic!("no way") }), "no way"),
        (app!("more").setup(|app| async { Ok(app.debug(true)) }), "only `manage`"),
        (app!("more").setup(|app| async { Ok(app.register_middleware(around, Http)) }), "only `manage`"),
        (app!("twice").manage(Pool("a")).setup(|app| async { Ok(app.manage(Pool("b"))) }), "Pool"),
    ] {
        let client = TestClient::new(app);
        for _ in 0..2 {
            let error = client.send(events::http("GET", "/pool")).await.unwrap_err();
            assert!(error.error_message.contains(text), "{error:?}");
        }
        assert_eq!(client.get("/pool").send().await.status(), 502);
    }
}

// ---- names ----

fn panics(act: impl FnOnce()) -> String {
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(act)).expect_err("a panic");
    payload.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[tokio::test]
async fn handlers_are_named_by_name_module_or_route() {
    let client = TestClient::new(app!("names"));
    for name in [
        "inner::twin",
        "POST /inner/twin",
        "/inner/twin",
        "app::inner::twin",
        "GET /pool",
        "inner::job",
        "job",
    ] {
        assert!(client.chain(name).len() <= 1, "{name}");
    }
    assert_eq!(client.invoke("inner::job", &1).await.unwrap(), json!(["job", 1]));
    for name in ["twin", "socket"] {
        let text = panics(|| drop(client.chain(name)));
        let error = client.invoke(name, &Value::Null).await.unwrap_err().error_message;
        assert_eq!(text, error);
        assert!(text.contains("names 2 handlers"), "{text}");
    }
    let text = client.invoke("twin", &Value::Null).await.unwrap_err().error_message;
    assert!(text.contains("GET /twin") && text.contains("POST /inner/twin"), "{text}");
    let text = client.invoke("socket", &Value::Null).await.unwrap_err().error_message;
    assert!(text.contains("$connect") && text.contains("$default"), "{text}");
    assert!(panics(|| drop(client.chain("pol"))).contains("did you mean `pool`"));
}

#[tokio::test]
async fn a_route_that_is_named_takes_requests() {
    let client = TestClient::new(app!("named"));
    let event: Value = events::http("GET", "/pool").into();
    assert_eq!(client.invoke("pool", &event).await.unwrap()["body"], "none");
    assert_eq!(client.invoke("GET /twin", &event).await.unwrap()["statusCode"], 404);
}

// ---- a thousand routes ----

macro_rules! routes {
    ($($name:ident)*) => {
        $(mod $name {
            use chalice_rt::prelude::*;

            #[get("/many/{id}")]
            #[allow(dead_code)]
            pub(super) fn placeholder(_id: u16) {}
        })*
    };
}

// One is enough to see that routes may come out of a macro.
routes! { from_a_macro }

#[tokio::test]
async fn routes_may_come_out_of_a_macro() {
    let client = TestClient::new(app!("macro"));
    assert_eq!(client.get("/many/7").send().await.status(), 200);
}

// ---- _HANDLER ----

const APP: &str = "CHALICE_TEST_APP";

/// The app itself, when the tests start this binary as a process.
#[test]
fn app_as_a_process() {
    if std::env::var_os(APP).is_some() {
        let _ = app!("my-app").run();
    }
}

/// The same by `serve`, in a runtime of the program's own.
#[tokio::test]
async fn served_app_as_a_process() {
    if std::env::var_os(APP).is_some() {
        let _ = app!("my-app").serve().await;
    }
}

fn process(test: &str) -> Command {
    let mut command = clean(Command::new(std::env::current_exe().expect("the path of this test")));
    command.args(["--exact", test, "--nocapture"]).env(APP, "1");
    command
}

#[tokio::test]
async fn handler_names_one_or_means_all() {
    let binary = std::env::current_exe().unwrap().file_stem().unwrap().to_str().unwrap().to_owned();
    let shape = "by shape";
    for (handler, test, what) in [
        (Some("on_topic"), "app_as_a_process", "on_topic"),
        (Some("anything.on_topic"), "app_as_a_process", "on_topic"),
        (Some("app.module.on_topic"), "served_app_as_a_process", "on_topic"),
        (Some("bootstrap"), "app_as_a_process", shape),
        (Some("handler"), "served_app_as_a_process", shape),
        (Some("provided"), "app_as_a_process", shape),
        (Some("my-app"), "app_as_a_process", shape),
        (Some(binary.as_str()), "app_as_a_process", shape),
        (Some(""), "app_as_a_process", shape),
        (None, "served_app_as_a_process", shape),
        (Some("main"), "app_as_a_process", "main"),
        (Some("bootstrap.main"), "app_as_a_process", "main"),
    ] {
        let api = RuntimeApi::start().await;
        let mut command = api.on_lambda(process(test));
        if let Some(handler) = handler {
            command.env("_HANDLER", handler);
        }
        let _function = Process::start(command);
        match what {
            "on_topic" => {
                assert_eq!(api.invoke(&sns("elsewhere", "m")).await.answer(), json!("m"), "{handler:?}");
                assert!(api.invoke(&rest("GET", "/pool")).await.error()["errorMessage"].is_string());
            }
            "main" => {
                assert_eq!(api.invoke(&json!(1)).await.answer(), json!("the handler main"), "{handler:?}")
            }
            _ => {
                assert_eq!(api.invoke(&rest("GET", "/pool")).await.answer()["body"], "none", "{handler:?}");
                assert_eq!(api.invoke(&sns("topic", "m")).await.answer(), json!("m"), "{handler:?}");
                assert!(api.invoke(&json!(1)).await.error()["errorMessage"].is_string());
            }
        }
    }
}

#[tokio::test]
async fn a_handler_that_is_unknown_or_ambiguous_is_an_init_error() {
    for (handler, words) in [
        ("on_topics", ["on_topic", "job"]),
        ("twin", ["GET /twin", "POST /inner/twin"]),
        ("app.socket", ["$connect", "$default"]),
    ] {
        let api = RuntimeApi::start().await;
        let mut command = api.on_lambda(process("app_as_a_process"));
        command.env("_HANDLER", handler);
        let mut function = Process::start(command);
        let error = api.init_error().await;
        let text = error["errorMessage"].as_str().unwrap_or_default();
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
        function.ended().await;
    }
}

#[tokio::test]
async fn what_fits_nothing_goes_to_the_only_lambda_function() {
    let api = RuntimeApi::start().await;
    let _function = Process::start(api.function("factory"));
    assert!(api.invoke(&json!({"any": "thing"})).await.answer().is_object());
    assert!(api.invoke(&sns("topic", "m")).await.answer().is_object());
}
