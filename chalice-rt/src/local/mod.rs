//! The local HTTP server. It serves a request as a function URL would.

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

/// The time that open requests may take after the server is to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until Ctrl-C or SIGTERM; then finishes open requests and runs the `on_shutdown` hooks. A second signal
/// ends the process at once.
///
/// `allowed` are further names that a request's `Host` may have.
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
            // Removes ended connections, so that the set does not grow.
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
                // Most likely there are no file descriptors left, until other connections close.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, server: Arc<Server>, stop: Stop) {
    // A failure costs speed only.
    let _ = stream.set_nodelay(true);
    let peer: Arc<str> = peer.ip().to_string().into();
    let service = service_fn(move |request| {
        let (server, peer) = (Arc::clone(&server), Arc::clone(&peer));
        async move { Ok::<_, std::convert::Infallible>(server.respond(request, &peer).await) }
    });
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // Errors here are the client's: it disconnected, or sent invalid HTTP, which hyper has answered.
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
