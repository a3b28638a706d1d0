//! One HTTP connection: a request, its answer, the next request.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{Connection, SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::address::Address;

/// A connection that is driven by whoever waits for an answer, so no task and no pool stand between.
pub(super) struct Line {
    sender: SendRequest<Full<Bytes>>,
    /// `None` once the connection has ended.
    driver: Option<Driver>,
}

type Driver = Connection<TokioIo<TcpStream>, Full<Bytes>>;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Broken {
    Connect(std::io::Error),
    Exchange(hyper::Error),
}

impl Line {
    pub(super) async fn open(address: &Address) -> Result<Self, Broken> {
        let stream = TcpStream::connect(address.socket()).await.map_err(Broken::Connect)?;
        // Only speed is lost without it.
        let _ = stream.set_nodelay(true);
        let (sender, driver) = handshake(TokioIo::new(stream)).await.map_err(Broken::Exchange)?;
        Ok(Line { sender, driver: Some(driver) })
    }

    /// Sends the request and reads the whole answer.
    pub(super) async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<(Parts, Bytes), Broken> {
        let Line { sender, driver } = self;
        let exchange = async {
            sender.ready().await?;
            whole(sender.send_request(request).await?).await
        };
        drive(driver, exchange).await.map_err(Broken::Exchange)
    }
}

async fn whole(response: Response<hyper::body::Incoming>) -> Result<(Parts, Bytes), hyper::Error> {
    let (parts, body) = response.into_parts();
    Ok((parts, body.collect().await?.to_bytes()))
}

/// Polls the future, and the connection whenever the future waits for it.
async fn drive<T>(driver: &mut Option<Driver>, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(output);
        }
        let ended = driver.as_mut().is_some_and(|driver| Pin::new(driver).poll(context).is_ready());
        if ended {
            // Why it ended reaches the future through the sender.
            *driver = None;
        }
        future.as_mut().poll(context)
    })
    .await
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Broken::Connect(error) => write!(f, "no connection: {error}"),
            Broken::Exchange(error) => write!(f, "the connection broke: {error}"),
        }
    }
}
