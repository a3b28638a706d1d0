//! Everything that keeps an app from starting is told at once, each with the places of all it concerns.

use chalice_rt::prelude::*;

struct Db;
struct Cache;

#[get("/users/{id}")]
async fn user(id: u64) -> String {
    id.to_string()
}

mod other {
    use chalice_rt::prelude::*;

    #[route("/users/{name}", methods = ["DELETE", "GET"])]
    pub(super) async fn user(name: String) -> String {
        name
    }

    #[lambda_function]
    pub(super) async fn job(_event: Value) {}

    #[on_ws_connect]
    pub(super) async fn connected() {}
}

#[on_sns_message("topic")]
async fn job(_event: SnsEvent) {}

#[on_ws_connect]
async fn connect() {}

#[get("/db")]
async fn needs(_db: State<Db>, _cache: State<Cache>) {}

#[schedule("rate(1 day)")]
async fn needs_too(_db: State<Db>) {}

#[get("/maybe")]
async fn maybe(_db: Option<State<Db>>) {}

#[get("/shared", cors = Cors::permissive().allow_credentials(true))]
async fn shared() {}

#[blueprint("/orders", cors = true)]
mod without_routes {
    use chalice_rt::prelude::*;

    #[on_sqs_message("orders")]
    async fn order(_event: SqsEvent) {}
}

fn report(app: App) -> LaunchReport {
    TestClient::try_new(app).expect_err("the app cannot start")
}

fn line(of: &str) -> String {
    let text = include_str!("launch_errors.rs");
    let line = text.lines().position(|line| line.contains(of)).expect("the line is there") + 1;
    format!("{}:{line}", file!())
}

/// The one error that has all these words.
#[track_caller]
fn told(report: &LaunchReport, words: &[&str]) {
    let found = report.errors().filter(|error| words.iter().all(|word| error.contains(word))).count();
    assert_eq!(found, 1, "{words:?} in {report}");
}

#[test]
fn all_errors_are_told_at_once_with_their_places() {
    let report = report(app!("faulty").manage(7_u8).manage(8_u8));
    let (first, second) = (line("async fn user(id: u64)"), line("async fn user(name"));
    told(&report, &["GET /users/", &first, &second]);
    told(&report, &["`job`", &line("async fn job(_event: SnsEvent)"), &line("async fn job(_event: Value")]);
    told(&report, &["$connect", &line("async fn connect()"), &line("async fn connected()")]);
    told(&report, &["`needs`", "Db", &line("async fn needs(")]);
    told(&report, &["`needs`", "Cache", &line("async fn needs(")]);
    told(&report, &["`needs_too`", "Db", &line("async fn needs_too(")]);
    told(&report, &["u8"]);
    told(&report, &["`cors` of `shared`", &line("async fn shared()"), "credentials", "instead of `*`"]);
    told(&report, &["`cors` of the blueprint `without_routes`", "there are none in it"]);
    assert_eq!(report.errors().count(), 9, "{report}");
    let text = report.to_string();
    assert!(!text.contains("maybe") && text.contains("9 errors"), "{text}");
    let error: Box<dyn std::error::Error> = Box::new(report);
    assert!(error.to_string().contains("cannot start"));
}

#[test]
fn what_is_managed_is_not_missing() {
    let report = report(app!("faulty").manage(Db).manage(Cache));
    assert!(!report.to_string().contains("State<"), "{report}");
    assert_eq!(report.errors().count(), 5, "{report}");
}

#[test]
fn what_a_setup_may_manage_is_not_missing_yet() {
    let report = report(app!("faulty").setup(|app: App| async move { Ok(app.manage(Db)) }));
    assert_eq!(report.errors().count(), 5, "{report}");
}

#[test]
#[should_panic(expected = "the app cannot start: 5 errors")]
fn a_client_panics_with_the_report() {
    TestClient::new(app!("faulty").manage(Db).manage(Cache));
}
