//! Some connections, each of which asks again as soon as it is answered.

use std::io::{Error, Result};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

pub(crate) const CONNECTIONS: usize = 16;
pub(crate) const LONG: Duration = Duration::from_secs(3);

const ANSWER: &[u8] = br#"{"message":"hello"}"#;

/// How often the server answers in the time.
pub(crate) fn load(address: &str) -> Result<u64> {
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let until = Instant::now() + LONG;
        let mut connections = JoinSet::new();
        for _ in 0..CONNECTIONS {
            connections.spawn(ask(address.to_owned(), until));
        }
        connections.join_all().await.into_iter().sum()
    })
}

async fn ask(address: String, until: Instant) -> Result<u64> {
    let request = format!("GET /hello HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut count = 0;
    while Instant::now() < until {
        stream.write_all(request.as_bytes()).await?;
        answered(&mut stream).await?;
        count += 1;
    }
    Ok(count)
}

async fn answered(stream: &mut TcpStream) -> Result<()> {
    let (mut buffer, mut read) = ([0; 1024], 0);
    while !buffer[..read].ends_with(ANSWER) {
        let more = stream.read(&mut buffer[read..]).await?;
        read += more;
        if more == 0 || !buffer.starts_with(b"HTTP/1.1 200") {
            return Err(Error::other(format!("got {:?}", String::from_utf8_lossy(&buffer[..read]))));
        }
    }
    Ok(())
}
