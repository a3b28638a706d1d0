//! Off Lambda: an HTTP server whose requests become the events of a function URL, and go the way of Lambda's bytes.

mod access;
mod answer;
mod body;
mod cross_site;
mod host;
mod listen;
mod server;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::app::{Service, TimeToEnd};
use crate::signal::Stop;
pub(crate) use host::ANY;
pub(crate) use listen::{Listening, listen};
use server::Server;

/// How long open requests may take after the server was asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until Ctrl-C or SIGTERM; then finishes open requests and runs the `on_shutdown` hooks. A second signal
/// ends the process at once.
///
/// `allowed` are names of this machine that a request's `Host` may be, besides the usual ones.
pub(crate) async fn serve(service: Service, listening: Listening, allowed: &[String]) {
    let stop = Stop::listen();
    let server = Arc::new(Server::new(service, &listening, allowed));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.asked() => break,
            accepted = accept(&listening.listener) => {
                let (stream, peer) = accepted;
                connections.spawn(connection(stream, peer, Arc::clone(&server), stop.clone()));
            }
            // Reaps what has ended, so the set does not grow.
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listening);
    finish(connections).await;
    service.shut_down(TimeToEnd::LOCAL).await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!("a connection was not accepted: {error}");
                // Out of file descriptors, most likely: those of other connections have to be closed first.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, server: Arc<Server>, stop: Stop) {
    // Only speed is lost without it.
    let _ = stream.set_nodelay(true);
    let peer: Arc<str> = peer.ip().to_string().into();
    let service = service_fn(move |request| {
        let (server, peer) = (Arc::clone(&server), Arc::clone(&peer));
        async move { Ok::<_, std::convert::Infallible>(server.respond(request, &peer).await) }
    });
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // Errors here are the client's: it went away, or what it sent was no HTTP, which hyper has told it.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stop.asked() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn finish(mut connections: JoinSet<()>) {
    let all = async { while connections.join_next().await.is_some() {} };
    tokio::select! {
        () = all => {}
        () = tokio::time::sleep(GRACE) => tracing::warn!("open requests took longer than 10 s and are given up"),
    }
}
