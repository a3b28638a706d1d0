//! Arguments of middleware after `next`: they are read from the event before the call, as a handler's are.

use std::sync::{Arc, Mutex};

use chalice_rt::prelude::*;

/// What the middleware saw, in order.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[derive(Clone)]
struct User(String);

/// Whoever the header names.
struct Key(String);

impl FromEvent<Request> for Key {
    fn from_event(request: &mut Request) -> Result<Self> {
        let key = request.headers().get("x-key").and_then(|key| key.to_str().ok());
        Ok(Key(key.ok_or_else(|| UnauthorizedError::new("no key"))?.to_owned()))
    }
}

#[middleware("all", order = -2)]
async fn every<E: Event>(
    event: E,
    next: Next<E>,
    seen: State<Seen>,
    context: Context,
) -> Result<E::Response> {
    seen.note(format!("every {}", !context.request_id.is_empty()));
    next.run(event).await
}

#[middleware("http", order = -1, exclude = ["/open"], provides = User)]
async fn identify(mut request: Request, next: Next<Request>, Key(name): Key) -> Result<Response> {
    request.extensions_mut().insert(User(name));
    next.run(request).await
}

#[middleware("http")]
fn sync(
    request: Request,
    next: Next<Request>,
    user: Option<Extension<User>>,
    seen: State<Seen>,
) -> Result<Response> {
    seen.note(format!("sync {}", user.map_or_else(|| "nobody".to_owned(), |user| user.0.0)));
    next.run_blocking(request)
}

#[middleware_factory]
async fn tagged(
    request: Request,
    next: Next<Request>,
    #[extract] body: Json<Value>,
    tag: &str,
    #[extract] seen: State<Seen>,
) -> Result<Response> {
    seen.note(format!("{tag} {}", body.0["n"]));
    next.run(request).await
}

#[middleware_factory]
fn sync_tagged(
    request: Request,
    next: Next<Request>,
    tag: &str,
    #[extract] seen: State<Seen>,
    times: usize,
) -> Result<Response> {
    seen.note(tag.repeat(times));
    next.run_blocking(request)
}

#[post("/", middleware = [tagged("n is"), sync_tagged("ab", 2)])]
async fn index(body: Json<Value>, user: Extension<User>) -> String {
    format!("{} {}", user.0.0, body.0)
}

#[get("/open")]
async fn open() {}

#[on_sns_message("topic")]
async fn told(_event: SnsEvent) {}

fn client() -> (TestClient, Seen) {
    let seen = Seen::default();
    (TestClient::new(app!("arguments").manage(seen.clone())), seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_made_of_the_event_which_stays_whole() {
    let (client, seen) = client();
    let response = client.post("/").header("x-key", "ada").json(&json!({"n": 7})).send().await;
    assert_eq!(response.text(), "ada {\"n\":7}");
    assert_eq!(seen.take(), ["every true", "sync ada", "n is 7", "abab"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn generic_ones_take_arguments_for_every_kind() {
    let (client, seen) = client();
    client.send(events::sns("topic", "hello").build()).await.expect("an answer");
    client.get("/open").send().await;
    assert_eq!(seen.take(), ["every true", "every true", "sync nobody"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_made_is_the_error_of_the_middleware() {
    let (client, seen) = client();
    let response = client.post("/").json(&json!({})).send().await;
    assert_eq!(response.status(), 401);
    assert_eq!(seen.take(), ["every true"]);
    let response = client
        .post("/")
        .header("x-key", "ada")
        .header("content-type", "application/json")
        .body("{")
        .send()
        .await;
    assert_eq!(response.status(), 400);
    assert_eq!(seen.take(), ["every true", "sync ada"]);
}
