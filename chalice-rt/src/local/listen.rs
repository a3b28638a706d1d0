//! The address that the server listens on.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::net::{TcpListener, lookup_host};

/// The default port. If it is taken, the next free one is used.
const PORT: u16 = 8000;

/// The number of ports to try.
const TRIES: u16 = 100;

/// A socket that listens.
pub(crate) struct Listening {
    pub(super) listener: TcpListener,
    pub(super) address: SocketAddr,
    /// The host, as given.
    pub(super) host: String,
    /// The default port, if another one had to be taken.
    pub(crate) instead_of: Option<u16>,
}

impl Listening {
    /// Whether only programs on this machine can connect.
    pub(crate) fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }
}

/// The URL of the server.
impl fmt::Display for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", self.address)
    }
}

/// Listens on the host and the given port (0: any free one). Without a port it is 8000 or the next free one.
pub(crate) async fn listen(host: &str, port: Option<u16>) -> Result<Listening, String> {
    let ip = resolve(host).await?;
    let (listener, instead_of) = match port {
        Some(port) => (bind(ip, port).await.map_err(|error| failed(host, port, &error))?, None),
        None => first_free(host, ip).await?,
    };
    let address = listener.local_addr().map_err(|error| failed(host, port.unwrap_or(PORT), &error))?;
    Ok(Listening { listener, address, host: host.to_owned(), instead_of })
}

async fn resolve(host: &str) -> Result<IpAddr, String> {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    let mut found = lookup_host((plain, 0))
        .await
        .map_err(|error| format!("`{host}` is no address to listen on: {error}"))?;
    found.next().map(|address| address.ip()).ok_or_else(|| format!("`{host}` has no address"))
}

async fn first_free(host: &str, ip: IpAddr) -> Result<(TcpListener, Option<u16>), String> {
    for port in PORT..PORT + TRIES {
        match bind(ip, port).await {
            Ok(listener) => return Ok((listener, (port != PORT).then_some(PORT))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(failed(host, port, &error)),
        }
    }
    Err(format!(
        "the ports {PORT} to {} of {host} are all taken; say another one with --port",
        PORT + TRIES - 1
    ))
}

async fn bind(ip: IpAddr, port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((ip, port)).await
}

fn failed(host: &str, port: u16, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "port {port} of {host} is taken; say another one with --port, or --port 0 for any free one"
            )
        }
        _ => format!("cannot listen on port {port} of {host}: {error}"),
    }
}
