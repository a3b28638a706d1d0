//! What handlers and middleware ask for, and nobody gives, is found when the app starts: managed values, and extensions
//! that another middleware provides.

use std::sync::Arc;

use chalice_rt::prelude::*;

struct Users;
struct Db;
struct Audit;

#[derive(Clone)]
struct User(&'static str);

#[derive(Clone)]
struct Tenant;

#[middleware("http", order = -10)]
async fn session(
    request: Request,
    next: Next<Request>,
    users: State<Users>,
    maybe: Option<State<Db>>,
) -> Result<Response> {
    let _ = (users, maybe);
    next.run(request).await
}

#[derive(Default)]
struct Audited;

#[middleware("sns", state = [Audit, Db])]
impl Middleware<SnsEvent> for Audited {
    async fn call(&self, event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
        let _ = (next.state::<Audit>()?, next.state::<Db>()?);
        next.run(event).await
    }
}

/// There are no handlers of S3 events here, so it asks for nothing.
#[middleware("s3")]
async fn stored(event: S3Event, next: Next<S3Event>, _bytes: State<Vec<u8>>) -> Result<Value> {
    next.run(event).await
}

#[middleware_factory(provides = [User, Tenant])]
async fn identify(
    mut request: Request,
    next: Next<Request>,
    name: &'static str,
    #[extract] db: State<Db>,
) -> Result<Response> {
    let _ = db;
    request.extensions_mut().insert(User(name));
    request.extensions_mut().insert(Tenant);
    next.run(request).await
}

#[middleware_factory]
async fn greet(request: Request, next: Next<Request>, #[extract] user: Extension<User>) -> Result<Response> {
    Ok(next.run(request).await?.with_header("x-user", user.0.0))
}

#[on_sns_message("topic")]
async fn told(_event: SnsEvent) {}

#[get("/inside", middleware = [identify("ada"), greet()])]
async fn inside(user: Extension<User>) -> &'static str {
    user.0.0
}

#[get("/swapped", middleware = [greet(), identify("ada")])]
async fn swapped() {}

#[get("/outside")]
async fn outside(_tenant: Extension<Tenant>, _maybe: Option<Extension<User>>) {}

/// Nothing says that it provides one, so any middleware may.
#[get("/unsaid")]
async fn unsaid(_number: Extension<u8>) {}

fn report(app: App) -> LaunchReport {
    TestClient::try_new(app).expect_err("the app cannot start")
}

fn line(of: &str) -> String {
    let text = include_str!("needs.rs");
    let line = text.lines().position(|line| line.contains(of)).expect("the line is there") + 1;
    format!("{}:{line}", file!())
}

/// The one error that has all these words.
#[track_caller]
fn told_of(report: &LaunchReport, words: &[&str]) {
    let found = report.errors().filter(|error| words.iter().all(|word| error.contains(word))).count();
    assert_eq!(found, 1, "{words:?} in {report}");
}

#[test]
fn values_that_nothing_manages_are_told_with_the_place_of_the_argument() {
    let report = report(app!("needs"));
    told_of(
        &report,
        &["`session`", "State<needs::Users>", &line("    users: State<Users>"), ".manage(value)"],
    );
    told_of(&report, &["`Audited`", "State<needs::Audit>", &line("impl Middleware<SnsEvent> for Audited")]);
    told_of(&report, &["`Audited`", "State<needs::Db>"]);
    assert!(!report.to_string().contains("`stored`"), "{report}");
}

#[test]
fn an_arc_that_is_managed_in_place_of_its_value_is_told() {
    let report = report(app!("needs").manage(Arc::new(Users)));
    told_of(&report, &["`session`", "an `Arc<needs::Users>`", "without the `Arc`"]);
}

#[test]
fn extensions_whose_middleware_is_not_outside_are_told_with_both_places() {
    let report = report(app!("needs").manage(Users).manage(Db).manage(Audit));
    let (greet, identify) = (line("async fn greet("), line("async fn swapped"));
    told_of(&report, &["`greet`", &greet, "`identify`", &identify, "further in on the chain of `swapped`"]);
    let (outside, identify) = (line("async fn outside("), line("async fn inside("));
    told_of(&report, &["`outside`", &outside, "Tenant", "`identify`", &identify, "is not around `outside`"]);
    assert_eq!(report.errors().count(), 2, "{report}");
}
