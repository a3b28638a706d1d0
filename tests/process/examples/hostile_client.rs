//! A hostile client at the local server, on a real socket.

use chalice_rt::http::{Method, StatusCode};
use hyper::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::client::{Connection, Reply};
use super::support::must;
use super::support::process::{Process, example};
use super::{connected, serve};

const LIMIT: usize = 6 * 1024 * 1024;

/// Sends bytes as they are, and reads all that comes back until the server closes.
async fn raw(address: &str, head: &str, body: &[u8]) -> String {
    let stream = TcpStream::connect(address).await.expect("the server accepts");
    let (mut from, mut to) = stream.into_split();
    let sent = async {
        to.write_all(head.as_bytes()).await?;
        to.write_all(body).await
    };
    let received = async {
        let mut answer = Vec::new();
        // A reset ends it as well.
        let _ = from.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    let (_, answer) = must("an answer", async { tokio::join!(sent, received) }).await;
    answer
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or(answer)
}

#[tokio::test]
async fn a_client_that_sends_more_than_the_limit_sees_its_413() {
    let (_server, address) = serve("quick_start", &[]).await;
    for size in [LIMIT + 1, 4 * LIMIT] {
        let body = vec![b'x'; size];
        let reply = Connection::open(&address).await.send(Request::post("/"), body).await;
        assert_eq!(
            (reply.status, &reply.json()["Code"]),
            (StatusCode::PAYLOAD_TOO_LARGE, &"PayloadTooLargeError".into())
        );
    }
    let chunk = [b"100000\r\n", vec![b'x'; 1 << 20].as_slice(), b"\r\n"].concat();
    let head = format!(
        "POST / HTTP/1.1\r\nhost: {address}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    );
    let answer = raw(&address, &head, &[chunk.repeat(8).as_slice(), b"0\r\n\r\n"].concat()).await;
    assert_eq!(status(&answer), "413", "{answer}");
    assert_eq!(Connection::open(&address).await.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_client_that_asks_first_is_told_at_once_that_its_body_is_too_large() {
    let (_server, address) = serve("quick_start", &[]).await;
    let head = format!(
        "POST / HTTP/1.1\r\nhost: {address}\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        100 * LIMIT
    );
    let answer = raw(&address, &head, b"").await;
    assert_eq!(status(&answer), "413", "{answer}");
}

#[tokio::test]
async fn a_body_in_pieces_of_one_byte_is_read() {
    let (_server, address) = serve("quick_start", &[]).await;
    let head = format!(
        "POST / HTTP/1.1\r\nhost: {address}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    );
    let answer =
        raw(&address, &head, &[b"1\r\nx\r\n".repeat(50_000).as_slice(), b"0\r\n\r\n"].concat()).await;
    assert_eq!(status(&answer), "405", "{answer}");
}

#[tokio::test]
async fn a_target_in_absolute_form_is_checked_as_the_host_is() {
    let (_server, address) = serve("quick_start", &[]).await;
    for (target, host, expected) in [
        ("http://localhost:8000/", "localhost", "200"),
        ("http://evil.example/", "localhost", "403"),
        ("http://localhost/", "evil.example", "403"),
        ("http://localhost@evil.example/", "localhost", "403"),
    ] {
        let head = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let answer = raw(&address, &head, b"").await;
        assert_eq!(status(&answer), expected, "{target} {host}: {answer}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_change_anything() {
    let (_server, address) = serve("quick_start", &[]).await;
    let mut connection = Connection::open(&address).await;
    for (method, header, value, refused) in [
        (Method::POST, "sec-fetch-site", "cross-site", true),
        (Method::DELETE, "origin", "https://evil.example", true),
        (Method::POST, "origin", "null", true),
        (Method::POST, "origin", "http://localhost:5173", false),
        (Method::POST, "origin", "http://shop.localhost", false),
        (Method::POST, "sec-fetch-site", "same-origin", false),
        (Method::GET, "sec-fetch-site", "cross-site", false),
        (Method::OPTIONS, "origin", "https://evil.example", false),
    ] {
        let request = Request::builder().method(&method).uri("/").header(header, value);
        let reply = connection.send(request, "").await;
        assert_eq!(
            reply.status == StatusCode::FORBIDDEN,
            refused,
            "{method} {header} {value}: {}",
            reply.status
        );
        if refused {
            assert!(reply.json()["Message"].as_str().is_some_and(|text| text.contains("another site")));
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_may_do_what_cors_allows() {
    let (_server, mut connection) = connected("cors").await;
    for (method, path, origin, status) in [
        (Method::POST, "/orders", "https://shop.example.com", 201),
        (Method::POST, "/orders", "https://evil.example", 403),
        (Method::DELETE, "/orders/7", "https://shop.example.com", 403),
        (Method::GET, "/prices", "https://evil.example", 200),
    ] {
        let request = Request::builder().method(&method).uri(path);
        let request = request.header("origin", origin).header("sec-fetch-site", "cross-site");
        assert_eq!(connection.send(request, "").await.status, status, "{method} {path} {origin}");
    }
}

#[tokio::test]
async fn no_answer_invites_a_browser_to_guess_its_type() {
    let (_server, address) = serve("error_handling", &[]).await;
    let mut connection = Connection::open(&address).await;
    for (path, status) in [("/", 500), ("/missing/7", 404), ("/nowhere", 404)] {
        let reply = connection.get(path).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.headers["x-content-type-options"]),
            (status, &"nosniff".parse().expect("a value"))
        );
    }
    let refused = connection.send(Request::get("/").header("host", "evil.example"), "").await;
    assert_eq!(refused.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn names_of_this_machine_are_answered_and_those_that_are_allowed() {
    let host = |name: &'static str| Request::get("/").header("host", name);
    let (_server, address) = serve("quick_start", &["--allow-host", "app", "--allow-host", "db"]).await;
    let mut connection = Connection::open(&address).await;
    for (name, status) in [("app:8000", 200), ("DB", 200), ("shop.localhost:8000", 200), ("other", 403)] {
        assert_eq!(connection.send(host(name), "").await.status.as_u16(), status, "{name}");
    }
    let (server, address) = serve("quick_start", &["--allow-host", "*"]).await;
    server.stderr.line("warning: with --allow-host '*'").await;
    assert_eq!(
        Connection::open(&address).await.send(host("anything.example"), "").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_text_of_a_500_is_in_the_terminal_and_not_in_the_answer() {
    let mut command = example("error_handling");
    command.args(["local", "--port", "0"]).env("RUST_LOG", "off");
    let server = Process::start(command);
    let line = server.stdout.line("listening on http://").await;
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address");
    let reply: Reply = Connection::open(address).await.get("/").await;
    assert_eq!(reply.json()["Message"], "An internal server error occurred.");
    let line = server.stderr.line("GET / 500").await;
    assert!(line.contains("Raising an error."), "{line}");
}

#[tokio::test]
async fn only_what_is_near_is_offered_to_a_404() {
    let (_server, address) = serve("error_handling", &[]).await;
    let mut connection = Connection::open(&address).await;
    assert_eq!(connection.get("/eror").await.json()["Nearest"][0], "/error");
    assert_eq!(connection.get("/mising/7").await.json()["Nearest"][0], "/missing/{id}");
    for far in ["/something/else/entirely".to_owned(), "/error".repeat(5000)] {
        let reply = connection.get(&far).await;
        assert_eq!((reply.status, reply.json().get("Nearest")), (StatusCode::NOT_FOUND, None), "{far}");
    }
}
