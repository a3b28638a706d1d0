//! Factories in all their forms, and types, on handlers, blueprints, controllers and in `main`.

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;

/// Puts a word around an answer, whatever its kind.
fn around(word: impl Display, answer: &Value) -> Value {
    json!(format!("{word}({})", answer.as_str().unwrap_or("?")))
}

/// Kept: the documentation of a factory is its constructor's.
#[middleware_factory]
pub async fn plain(event: SnsEvent, next: Next<SnsEvent>, word: &str) -> Result<Value> {
    Ok(around(word, &next.run(event).await?))
}

#[middleware_factory]
fn sync(event: SnsEvent, next: Next<SnsEvent>, word: &str, times: usize) -> Result<Value> {
    Ok(around(word.repeat(times), &next.run_blocking(event)?))
}

#[middleware_factory]
async fn list(
    event: SnsEvent,
    next: Next<SnsEvent>,
    words: &[&'static str],
    last: &Option<char>,
) -> Result<Value> {
    let last = last.map(String::from).unwrap_or_default();
    Ok(around(words.join("+") + &last, &next.run(event).await?))
}

#[middleware_factory]
fn sync_list(event: SnsEvent, next: Next<SnsEvent>, words: &[String], lent: &Counted) -> Result<Value> {
    let word = words.concat();
    assert_eq!(lent.clones(), 0, "what is lent is not cloned");
    Ok(around(word, &next.run_blocking(event)?))
}

/// Counts its clones.
#[derive(Default)]
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn clones(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        self.0.fetch_add(1, Ordering::SeqCst);
        Counted(Arc::clone(&self.0))
    }
}

#[middleware_factory]
async fn owned(event: SnsEvent, next: Next<SnsEvent>, mut word: String, counted: Counted) -> Result<Value> {
    word.push('!');
    Ok(around(format!("{word}{}", counted.clones()), &next.run(event).await?))
}

/// What is generic besides the event, with a bound here and one behind.
#[middleware_factory]
async fn generic<T: Display + Send + Sync + 'static, F>(
    event: SnsEvent,
    next: Next<SnsEvent>,
    word: &T,
    check: &F,
) -> Result<Value>
where
    F: Fn(&SnsEvent) -> bool + Send + Sync + 'static,
{
    let word = if check(&event) { word.to_string() } else { "no".to_owned() };
    Ok(around(word, &next.run(event).await?))
}

#[middleware_factory]
async fn pointer(event: SnsEvent, next: Next<SnsEvent>, word: fn(&SnsEvent) -> &str) -> Result<Value> {
    let word = word(&event).to_owned();
    Ok(around(word, &next.run(event).await?))
}

/// Without parameters it makes a value of a generic function.
#[middleware_factory]
async fn kind<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    let kind = event.kind();
    next.run(event).await?;
    Ok(json!(format!("kind {kind}")).into())
}

#[middleware_factory]
fn sync_kind<E: Event>(event: E, next: Next<E>, word: &str) -> Result<E::Response> {
    let kind = event.kind();
    next.run_blocking(event)?;
    Ok(json!(format!("{word} {kind}")).into())
}

#[middleware_factory]
async fn over_any(event: AnyEvent, next: Next<AnyEvent>, word: &str) -> Result<AnyResponse> {
    let kind = event.kind();
    next.run(event).await?;
    Ok(json!(format!("{word} {kind}")).into())
}

#[middleware_factory]
async fn with_state<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    let state = next.state::<&'static str>()?;
    next.run(event).await?;
    Ok(json!(*state.0).into())
}

macro_rules! messages {
    ($($name:ident = $middleware:expr;)*) => {$(
        #[on_sns_message("topic", middleware = $middleware)]
        async fn $name(event: SnsEvent) -> String {
            event.message
        }
    )*};
}

messages! {
    with_plain = [plain("p")];
    with_strings = [plain(String::from("p")), plain(Box::<str>::from("q"))];
    with_sync = [sync("s", 2), plain("p")];
    with_list = [list(["a", "b"], Some('c')), list(vec!["d"], None), list(&["e"][..], None)];
    with_sync_list = [sync_list(vec!["x".to_owned()], Counted::default())];
    with_owned = [owned("o".to_owned(), Counted::default())];
    with_generic = [generic(7, |event| event.message == "m"), generic('c', |_| false)];
    with_pointer = [pointer(|event| event.topic_arn.rsplit(':').next().unwrap_or_default())];
    with_kind = [kind()];
    with_sync_kind = [sync_kind("k")];
}

#[get("/kind", middleware = [kind()])]
async fn http_kind() {}

#[lambda_function(middleware = [sync_kind("k")])]
fn pure_kind(_event: Value) {}

#[blueprint("/part", middleware = [sync_kind("blueprint"), over_any("any")])]
mod part {
    use super::*;

    #[get("/")]
    async fn index() {}

    #[on_s3_event("part")]
    async fn uploaded(_event: S3Event) {}

    #[derive(Default)]
    struct Things;

    #[controller("/things", middleware = [kind()])]
    impl Things {
        #[get("/")]
        async fn all(&self) {}
    }
}

fn client() -> TestClient {
    TestClient::new(app!("factories").manage("state"))
}

#[tokio::test]
async fn parameters_are_lent_or_cloned_for_each_call() {
    let client = client();
    for (handler, answer) in [
        ("with_plain", "p(m)"),
        ("with_strings", "p(q(m))"),
        ("with_sync", "ss(p(m))"),
        ("with_list", "a+bc(d(e(m)))"),
        ("with_sync_list", "x(m)"),
        ("with_generic", "7(no(m))"),
        ("with_pointer", "topic(m)"),
        ("with_kind", "kind sns"),
        ("with_sync_kind", "k sns"),
    ] {
        for _ in 0..2 {
            let event = Value::from(events::sns("topic", "m"));
            assert_eq!(client.invoke(handler, &event).await.unwrap(), json!(answer), "{handler}");
        }
    }
    for n in 1..=3 {
        let event = Value::from(events::sns("topic", "m"));
        assert_eq!(client.invoke("with_owned", &event).await.unwrap(), json!(format!("o!{n}(m)")));
    }
}

#[tokio::test]
async fn a_generic_one_is_for_every_kind() {
    let client = client();
    assert_eq!(client.get("/kind").send().await.json::<Value>().unwrap(), json!("kind http"));
    assert_eq!(client.invoke("pure_kind", &json!({})).await.unwrap(), json!("k pure_lambda"));
    assert_eq!(client.get("/part").send().await.json::<Value>().unwrap(), json!("blueprint http"));
    assert_eq!(client.send(events::s3("part", "k")).await.unwrap(), json!("blueprint s3"));
    assert_eq!(client.chain("all"), ["sync_kind", "over_any", "kind"]);
}

#[tokio::test]
async fn in_main_they_are_for_a_kind_a_set_or_all() {
    let app = || app!("factories").manage("state");
    let client = TestClient::new(app().register_middleware(kind(), All));
    assert_eq!(client.send(events::s3("part", "k")).await.unwrap(), json!("kind s3"));
    let client = TestClient::new(app().register_middleware(sync_kind("m"), (Http, S3)));
    assert_eq!(client.send(events::s3("part", "k")).await.unwrap(), json!("m s3"));
    assert_eq!(client.get("/part").send().await.json::<Value>().unwrap(), json!("m http"));
    assert_eq!(client.chain("with_plain"), ["plain"]);
    let client = TestClient::new(app().register_middleware(plain("m"), Sns));
    assert_eq!(client.chain("with_plain"), ["plain", "plain"]);
    assert_eq!(client.chain("http_kind"), ["kind"]);
    let client = TestClient::new(app().register_middleware(with_state(), (S3, PureLambda, Scheduled)));
    assert_eq!(client.send(events::s3("part", "k")).await.unwrap(), json!("state"));
}

/// A type with state, for all kinds, and for one.
struct Limit {
    left: AtomicUsize,
}

impl<E: Event> Middleware<E> for Limit {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        let taken = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        taken.map_err(|_| TooManyRequestsError::new("none left"))?;
        next.run(event).await
    }
}

#[tokio::test]
async fn a_value_with_state_is_one_for_the_app() {
    let limit = Limit { left: AtomicUsize::new(2) };
    let client = TestClient::new(app!("factories").manage("state").register_middleware(limit, All));
    assert_eq!(client.get("/kind").send().await.status(), 200);
    assert!(client.send(events::s3("part", "k")).await.is_ok());
    assert_eq!(client.get("/part").send().await.status(), 429, "both kinds share the value");
    let error = client.send(events::s3("part", "k")).await.unwrap_err();
    assert_eq!(
        (error.error_type.as_str(), error.error_message.as_str()),
        ("TooManyRequestsError", "none left")
    );
}
