//! What is wrong with blueprints and controllers keeps the app from starting, and says where and what to write.

use chalice_rt::prelude::*;

#[middleware_factory]
async fn sns_only(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    next.run(event).await
}

struct NoMiddleware;

#[blueprint("/part", middleware = [NoMiddleware, sns_only()])]
mod part {
    use chalice_rt::prelude::*;

    #[get("/")]
    async fn index() {}
}

#[blueprint("/both", middleware = [sns_only()])]
mod both {
    use super::*;

    #[get("/")]
    async fn index() {}

    mod inside {
        use super::*;

        #[on_sns_message("topic")]
        async fn told(_event: SnsEvent) {}
    }
}

/// There may be handlers in it some day.
#[blueprint("/empty", middleware = [sns_only()])]
mod empty {}

struct Store(&'static str);

#[controller("/store")]
impl Store {
    #[get("/")]
    async fn name(&self) -> &'static str {
        self.0
    }
}

fn report(app: App) -> LaunchReport {
    TestClient::try_new(app).expect_err("the app cannot start")
}

fn line(of: &str) -> String {
    let line =
        include_str!("scope_errors.rs").lines().position(|line| line.contains(of)).expect("it is there") + 1;
    format!("{}:{line}", file!())
}

#[track_caller]
fn told(report: &LaunchReport, words: &[&str]) {
    let found = report.errors().filter(|error| words.iter().all(|word| error.contains(word))).count();
    assert_eq!(found, 1, "{words:?} in {report}");
}

#[test]
fn all_is_told_at_once_with_its_place() {
    let report = report(app!("faulty"));
    told(&report, &["`NoMiddleware`", "`part`", &line("mod part"), "no middleware for any kind"]);
    told(&report, &["`sns_only`", "`part`", &line("mod part"), "sns", "http"]);
    told(&report, &["`Store`", &line("impl Store"), "Default", ".controller(value)"]);
    assert_eq!(report.errors().count(), 3, "{report}");
}

#[test]
fn a_controller_that_is_given_its_value_is_no_error() {
    let report = report(app!("faulty").controller(Store("a")));
    assert!(!report.to_string().contains("Store"), "{report}");
    assert_eq!(report.errors().count(), 2, "{report}");
}
