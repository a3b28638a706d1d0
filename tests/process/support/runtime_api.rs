//! A Lambda Runtime API on loopback: next, response, error, init error, and the registration of extensions.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::must;
use super::process::{Process, example};

const API: &str = "/2018-06-01/runtime/";

/// What the function gave for an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An answer, as it came.
    Answer(Bytes),
    /// An error, with the header that names its type.
    Error { header: String, body: Value },
}

impl Outcome {
    /// The answer as JSON.
    pub fn answer(&self) -> Value {
        match self {
            Outcome::Answer(body) => serde_json::from_slice(body).expect("an answer is JSON"),
            Outcome::Error { body, .. } => panic!("not an answer but an error: {body}"),
        }
    }

    /// The body of the error.
    pub fn error(&self) -> &Value {
        match self {
            Outcome::Error { body, .. } => body,
            Outcome::Answer(body) => panic!("not an error but an answer: {body:?}"),
        }
    }
}

/// The fake API; it is gone when it is dropped.
pub struct RuntimeApi {
    pub address: String,
    state: Arc<State>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    desk: Mutex<Desk>,
    changed: Notify,
}

#[derive(Default)]
struct Desk {
    count: u64,
    queue: VecDeque<(u64, Invocation)>,
    waiting: HashMap<String, oneshot::Sender<Outcome>>,
    init_error: Option<Value>,
    extensions: Vec<String>,
    connections: usize,
    /// How many calls of `next` wait for an event.
    idle: usize,
    answer_limit: Option<usize>,
}

/// An event with the headers that say more of it.
pub struct Invocation {
    event: Bytes,
    headers: Vec<(&'static str, String)>,
    close: bool,
}

impl Invocation {
    pub fn new(event: impl Into<Bytes>) -> Self {
        Invocation { event: event.into(), headers: Vec::new(), close: false }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Closes the connection once the event is sent.
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }
}

impl RuntimeApi {
    /// Starts to listen on any free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(State::default());
        let server = tokio::spawn(accept(listener, Arc::clone(&state)));
        RuntimeApi { address, state, server }
    }

    /// The command that runs an example as Lambda does.
    pub fn function(&self, name: &str) -> Command {
        self.on_lambda(example(name))
    }

    /// The command with what Lambda has in its environment.
    pub fn on_lambda(&self, mut command: Command) -> Command {
        command
            .env("AWS_LAMBDA_RUNTIME_API", &self.address)
            .env("AWS_LAMBDA_FUNCTION_NAME", "a-function")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128");
        command
    }

    /// Starts an example with a `_HANDLER`.
    pub fn start_handler(&self, name: &str, handler: &str) -> Process {
        let mut command = self.function(name);
        command.env("_HANDLER", handler);
        Process::start(command)
    }

    /// Sends an event and waits for what the function gives.
    pub async fn invoke(&self, event: &Value) -> Outcome {
        self.send(Invocation::new(event.to_string())).await
    }

    /// Sends an invocation and waits for what the function gives.
    pub async fn send(&self, invocation: Invocation) -> Outcome {
        must("the answer of the function", self.queue(invocation)).await.expect("an outcome")
    }

    /// Queues an invocation; the outcome comes through the channel.
    pub fn queue(&self, invocation: Invocation) -> oneshot::Receiver<Outcome> {
        let (sender, receiver) = oneshot::channel();
        let mut desk = self.state.desk.lock().expect("no panic while locked");
        desk.count += 1;
        let count = desk.count;
        desk.waiting.insert(id(count), sender);
        desk.queue.push_back((count, invocation));
        drop(desk);
        self.state.changed.notify_waiters();
        receiver
    }

    /// From now on answers that are larger are refused.
    pub fn limit_answers(&self, bytes: usize) {
        self.state.desk.lock().expect("no panic while locked").answer_limit = Some(bytes);
    }

    /// Waits for the error that keeps the function from starting.
    pub async fn init_error(&self) -> Value {
        self.state.until("an init error", |desk| desk.init_error.clone()).await
    }

    /// Waits for an extension to register.
    pub async fn extension(&self) -> String {
        self.state.until("an extension", |desk| desk.extensions.first().cloned()).await
    }

    /// Waits until so many calls of `next` wait.
    pub async fn idle(&self, count: usize) {
        self.state.until("calls of next", |desk| (desk.idle >= count).then_some(())).await;
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.state.desk.lock().expect("no panic while locked").connections
    }

    /// The id of the invocation that was sent last.
    pub fn last_id(&self) -> String {
        id(self.state.desk.lock().expect("no panic while locked").count)
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn id(count: u64) -> String {
    format!("8476a536-e9f4-11e8-9739-{count:012}")
}

impl State {
    async fn until<T>(&self, what: &str, look: impl Fn(&mut Desk) -> Option<T>) -> T {
        must(what, self.wait(look)).await
    }

    async fn wait<T>(&self, look: impl Fn(&mut Desk) -> Option<T>) -> T {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if let Some(found) = look(&mut self.desk.lock().expect("no panic while locked")) {
                return found;
            }
            changed.await;
        }
    }

    fn change(&self, change: impl FnOnce(&mut Desk)) {
        change(&mut self.desk.lock().expect("no panic while locked"));
        self.changed.notify_waiters();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        state.change(|desk| desk.connections += 1);
        connections.spawn(serve(stream, Arc::clone(&state)));
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        async move { Ok::<_, Infallible>(respond(request, &state).await) }
    });
    // The function may go away at any time.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(request: Request<Incoming>, state: &State) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.expect("a whole body").to_bytes();
    // An emulator puts a path before the API's own.
    let path = parts.uri.path().trim_start_matches("/.rt");
    match (&parts.method, path.strip_prefix(API).unwrap_or(path)) {
        (&Method::GET, "invocation/next") => next(state).await,
        (&Method::POST, "init/error") => {
            state.change(|desk| desk.init_error = serde_json::from_slice(&body).ok());
            accepted()
        }
        (&Method::POST, "/2020-01-01/extension/register") => register(state, &parts, &body),
        (&Method::GET, "/2020-01-01/extension/event/next") => std::future::pending().await,
        (&Method::POST, path) => outcome(state, path, &parts, body),
        _ => status(StatusCode::NOT_FOUND),
    }
}

async fn next(state: &State) -> Response<Full<Bytes>> {
    state.change(|desk| desk.idle += 1);
    let (count, invocation) = state.wait(|desk| desk.queue.pop_front()).await;
    state.change(|desk| desk.idle -= 1);
    let deadline = SystemTime::now() + Duration::from_secs(30);
    let deadline = deadline.duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let mut response = Response::builder()
        .header("lambda-runtime-aws-request-id", id(count))
        .header("lambda-runtime-deadline-ms", deadline.to_string())
        .header(
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-1:123456789012:function:a-function",
        )
        .header("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")
        .header("content-type", "application/json");
    for (name, value) in invocation.headers {
        let headers = response.headers_mut().expect("a response so far");
        headers.insert(name, value.try_into().expect("the value of a header"));
    }
    if invocation.close {
        response = response.header("connection", "close");
    }
    response.body(Full::new(invocation.event)).expect("a response")
}

fn register(state: &State, parts: &hyper::http::request::Parts, body: &Bytes) -> Response<Full<Bytes>> {
    assert_eq!(serde_json::from_slice::<Value>(body).expect("JSON"), json!({"events": []}));
    let name = parts.headers["lambda-extension-name"].to_str().expect("text").to_owned();
    state.change(|desk| desk.extensions.push(name));
    let answer = Response::builder().header("lambda-extension-identifier", "e-1");
    answer.body(Full::new(Bytes::from("{}"))).expect("a response")
}

fn outcome(
    state: &State,
    path: &str,
    parts: &hyper::http::request::Parts,
    body: Bytes,
) -> Response<Full<Bytes>> {
    let mut segments = path.split('/').skip(1);
    let (Some(id), Some(what), None) = (segments.next(), segments.next(), segments.next()) else {
        return status(StatusCode::NOT_FOUND);
    };
    let mut desk = state.desk.lock().expect("no panic while locked");
    if what == "response" && desk.answer_limit.is_some_and(|limit| body.len() > limit) {
        return status(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let Some(sender) = desk.waiting.remove(id) else { return status(StatusCode::BAD_REQUEST) };
    let outcome = match what {
        "response" => Outcome::Answer(body),
        _ => Outcome::Error {
            header: parts.headers["lambda-runtime-function-error-type"].to_str().expect("text").to_owned(),
            body: serde_json::from_slice(&body).expect("an error is JSON"),
        },
    };
    // A test that does not want it has dropped its end.
    let _ = sender.send(outcome);
    accepted()
}

fn accepted() -> Response<Full<Bytes>> {
    status(StatusCode::ACCEPTED)
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
