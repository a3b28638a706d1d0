//! One HTTP connection: a request, its answer, the next request.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use bytes::Bytes;
use http::HeaderMap;
use http::Request;
use http::response::Parts;
use http_body_util::Full;
use hyper::client::conn::http1::{Connection as Driver, SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::address::Address;
use crate::collect::collect;

/// A connection without a task and without a pool: waiting for an answer drives it.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    /// `None` once the connection has ended.
    driver: Option<Driver<TokioIo<TcpStream>, Full<Bytes>>>,
}

/// The reason why there is no answer.
#[derive(Debug)]
pub(super) enum Broken {
    /// There is no connection.
    Connect(std::io::Error),
    /// The connection ended before an answer began.
    BeforeAnswer(hyper::Error),
    /// The connection ended within the body of an answer that has these headers.
    WithinAnswer(Box<HeaderMap>, hyper::Error),
}

impl Connection {
    pub(super) async fn open(address: &Address) -> Result<Self, Broken> {
        let stream = TcpStream::connect(address.socket()).await.map_err(Broken::Connect)?;
        // A failure costs speed only.
        let _ = stream.set_nodelay(true);
        let (sender, driver) = handshake(TokioIo::new(stream)).await.map_err(Broken::BeforeAnswer)?;
        Ok(Connection { sender, driver: Some(driver) })
    }

    /// Sends the request and reads the whole answer.
    pub(super) async fn round_trip(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<(Parts, Bytes), Broken> {
        let Connection { sender, driver } = self;
        let answer = async {
            sender.ready().await.map_err(Broken::BeforeAnswer)?;
            let response = sender.send_request(request).await.map_err(Broken::BeforeAnswer)?;
            let (parts, body) = response.into_parts();
            match collect(body).await {
                Ok(body) => Ok((parts, body)),
                Err(error) => Err(Broken::WithinAnswer(Box::new(parts.headers), error)),
            }
        };
        drive(driver, answer).await
    }
}

/// Polls the future, and the connection whenever the future waits for it.
async fn drive<T>(
    driver: &mut Option<Driver<TokioIo<TcpStream>, Full<Bytes>>>,
    future: impl Future<Output = T>,
) -> T {
    let mut future = pin!(future);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(output);
        }
        let ended = driver.as_mut().is_some_and(|driver| Pin::new(driver).poll(context).is_ready());
        if ended {
            // The future receives the reason through the sender.
            *driver = None;
        }
        future.as_mut().poll(context)
    })
    .await
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Connect(error) => write!(f, "no connection: {error}"),
            Broken::BeforeAnswer(error) | Broken::WithinAnswer(_, error) => {
                write!(f, "the connection broke: {error}")
            }
        }
    }
}
