//! A Runtime API that answers `next` with given bytes, right or wrong, one after the other.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What is written for one call of `next`.
#[derive(Debug, Clone)]
pub enum Next {
    /// These bytes.
    Raw(String),
    /// These bytes, then the end of the connection.
    Cut(String),
}

impl Next {
    /// An invocation with this id.
    pub fn event(id: &str, event: &str) -> Self {
        Next::Raw(answer(&format!("lambda-runtime-aws-request-id: {id}\r\n"), event))
    }

    /// An invocation that does not say its id.
    pub fn nameless(event: &str) -> Self {
        Next::Raw(answer("", event))
    }

    /// No invocation but a status: `403 Forbidden`.
    pub fn status(line: &str) -> Self {
        Next::Raw(format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n"))
    }

    /// An invocation that breaks off in its body.
    pub fn broken(id: &str) -> Self {
        Next::Cut(format!(
            "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: {id}\r\ncontent-length: 100\r\n\r\n{{\"half\":"
        ))
    }
}

fn answer(headers: &str, event: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n{event}", event.len())
}

/// The API. When all is said, `next` waits for ever.
pub struct ScriptedApi {
    pub address: String,
    posted: Arc<Mutex<Vec<String>>>,
    server: JoinHandle<()>,
}

impl ScriptedApi {
    pub async fn start(script: impl IntoIterator<Item = Next>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("an address").to_string();
        let script = Arc::new(Mutex::new(script.into_iter().collect()));
        let posted = Arc::new(Mutex::new(Vec::new()));
        let server = tokio::spawn(accept(listener, script, Arc::clone(&posted)));
        ScriptedApi { address, posted, server }
    }

    /// The paths of what the function has posted so far.
    pub fn posted(&self) -> Vec<String> {
        self.posted.lock().expect("no panic while locked").clone()
    }
}

impl Drop for ScriptedApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

type Script = Arc<Mutex<VecDeque<Next>>>;

async fn accept(listener: TcpListener, script: Script, posted: Arc<Mutex<Vec<String>>>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let (script, posted) = (Arc::clone(&script), Arc::clone(&posted));
        // The function may go away at any time.
        connections.spawn(async move { _ = serve(stream, script, posted).await });
    }
}

async fn serve(stream: TcpStream, script: Script, posted: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(path) = request(&mut stream).await? {
        if !path.starts_with("GET ") {
            posted.lock().expect("no panic while locked").push(path);
            stream.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n").await?;
            continue;
        }
        let next = script.lock().expect("no panic while locked").pop_front();
        match next {
            Some(Next::Raw(bytes)) => stream.write_all(bytes.as_bytes()).await?,
            Some(Next::Cut(bytes)) => return stream.write_all(bytes.as_bytes()).await,
            None => std::future::pending().await,
        }
    }
    Ok(())
}

/// Reads a request; `GET /path`.
async fn request(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let (mut first, mut length) = (String::new(), 0);
    if stream.read_line(&mut first).await? == 0 {
        return Ok(None);
    }
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    stream.read_exact(&mut vec![0; length]).await?;
    Ok(Some(first.rsplit_once(' ').map_or(first.clone(), |(request, _)| request.to_owned())))
}
