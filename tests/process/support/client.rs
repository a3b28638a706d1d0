//! A small HTTP client: one connection, any number of requests.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use super::must;

/// A connection to a server.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

/// What the server answered.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {:?}", self.body))
    }
}

impl Connection {
    /// Connects to `host:port`.
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server accepts");
        let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        Connection { sender, host: address.to_owned() }
    }

    /// A request without headers and body.
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Request::get(path), "").await
    }

    /// A request; the `Host` is the server's unless there is one.
    pub async fn send(&mut self, request: hyper::http::request::Builder, body: impl Into<Bytes>) -> Reply {
        self.try_send(request, body).await.expect("an answer")
    }

    /// A request that the server may refuse to read to its end.
    pub async fn try_send(
        &mut self,
        request: hyper::http::request::Builder,
        body: impl Into<Bytes>,
    ) -> hyper::Result<Reply> {
        let mut request = request.body(Full::new(body.into())).expect("a request");
        if !request.headers().contains_key("host") {
            request.headers_mut().insert("host", self.host.parse().expect("a host"));
        }
        self.sender.ready().await?;
        let (parts, body) = must("an answer", self.sender.send_request(request)).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Reply { status: parts.status, headers: parts.headers, body })
    }
}
