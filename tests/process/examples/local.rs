//! The local server: examples on a real socket.

use hyper::{Request, StatusCode};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::support::client::Connection;
use super::support::process::{Process, example};
use super::{command, serve};

#[tokio::test]
async fn the_server_says_what_it_serves_and_writes_a_line_for_each_request() {
    let (server, address) = serve("quick_start", &[]).await;
    let told = server.stdout.text();
    for words in ["GET", "/", "index", "examples/quick_start.rs:", "my_middleware", "invoke sns_handler"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let reply = Connection::open(&address).await.get("/?token=pa55word").await;
    assert_eq!((reply.status, reply.json()), (StatusCode::OK, json!({"hello": "world"})));
    assert_eq!(reply.headers["content-type"], "application/json");
    let line = server.stderr.line("GET / 200 ").await;
    assert!(line.ends_with("ms"), "{line}");
    server.stderr.line("Before calling").await;
    assert!(!server.stderr.text().contains("pa55word"));
}

#[tokio::test]
async fn a_connection_serves_request_after_request() {
    let (_server, address) = serve("error_handling", &[]).await;
    let mut connection = Connection::open(&address).await;
    for (path, status) in
        [("/", 500), ("/error", 500), ("/missing/7", 404), ("/forbidden", 403), ("/nowhere", 404)]
    {
        assert_eq!(connection.get(path).await.status, status, "{path}");
    }
    let head = connection.send(Request::head("/missing/7"), "").await;
    assert_eq!((head.status, head.body.len()), (StatusCode::NOT_FOUND, 0));
    assert_eq!(connection.get("/missing/8").await.json()["Message"], "no item 8");
}

#[tokio::test]
async fn head_gives_the_headers_of_get_without_the_body() {
    let (_server, address) = serve("quick_start", &[]).await;
    let reply = Connection::open(&address).await.send(Request::head("/"), "").await;
    assert_eq!((reply.status, reply.body.len()), (StatusCode::OK, 0));
    assert_eq!(reply.headers["content-type"], "application/json");
}

#[tokio::test]
async fn a_path_without_a_route_is_told_the_nearest_ones() {
    let (_server, address) = serve("error_handling", &[]).await;
    let mut connection = Connection::open(&address).await;
    let reply = connection.get("/eror").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert_eq!(reply.headers["content-type"], "application/json");
    assert_eq!(
        (&reply.json()["Code"], &reply.json()["Nearest"][0]),
        (&json!("NotFoundError"), &json!("/error"))
    );
    let of_a_handler = connection.get("/missing/7").await.json();
    assert_eq!(of_a_handler, json!({"Code": "NotFoundError", "Message": "no item 7"}));
}

#[tokio::test]
async fn a_body_over_6_mb_is_refused_and_the_next_request_works() {
    let (_server, address) = serve("quick_start", &[]).await;
    let large = vec![b'x'; 6 * 1024 * 1024 + 1];
    let reply = Connection::open(&address).await.send(Request::post("/"), large.clone()).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(reply.json()["Code"], "PayloadTooLargeError");
    let mut connection = Connection::open(&address).await;
    let largest = connection.send(Request::post("/"), large[1..].to_vec()).await;
    assert_eq!(largest.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(connection.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_host_that_is_not_this_machine_is_refused() {
    let (_server, address) = serve("quick_start", &[]).await;
    let mut connection = Connection::open(&address).await;
    for (host, status) in
        [("evil.example", 403), ("localhost:8000", 200), ("[::1]", 200), ("127.0.0.1.evil.example", 403)]
    {
        let reply = connection.send(Request::get("/").header("host", host), "").await;
        assert_eq!(reply.status, status, "{host}");
    }
}

#[tokio::test]
async fn requests_that_are_no_http_or_name_strange_paths_do_no_harm() {
    let (server, address) = serve("quick_start", &[]).await;
    let mut stream = TcpStream::connect(&address).await.expect("the server accepts");
    stream.write_all(b"nonsense\r\n\r\n").await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("text");
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let mut connection = Connection::open(&address).await;
    for path in ["/../..", "//x", "/%2e%2e/%0aGET%20/forged%20200", "/%ff", "/a%zz"] {
        let status = connection.get(path).await.status;
        assert!(status == StatusCode::NOT_FOUND || status == StatusCode::BAD_REQUEST, "{path}: {status}");
    }
    let no_text = Request::get("/").header("x-bytes", &b"\xff"[..]);
    assert_eq!(connection.send(no_text, "").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(connection.get("/").await.status, StatusCode::OK);
    assert!(!server.stderr.lines().iter().any(|line| line.starts_with("GET /forged")));
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_if_it_was_asked_for() {
    let taken = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let port = taken.local_addr().expect("an address").port().to_string();
    let done = command("quick_start", &["--port", &port], "").await;
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains(&port) && done.stderr.contains("taken"), "{}", done.stderr);
}

#[tokio::test]
async fn without_a_port_the_first_free_one_from_8000_is_taken() {
    // Whether 8000 itself is free is not ours to decide: it is held if it can be.
    let _held = TcpListener::bind("127.0.0.1:8000").await;
    let server = Process::start(example("quick_start"));
    let line = server.stdout.line("listening on http://127.0.0.1:").await;
    assert!(!line.contains(":8000 "), "{line}");
    server.stdout.line("port 8000 is taken by another program").await;
}

#[tokio::test]
async fn ctrl_c_and_sigterm_end_the_server_without_an_error() {
    for signal in ["INT", "TERM"] {
        let (mut server, address) = serve("quick_start", &[]).await;
        let mut connection = Connection::open(&address).await;
        assert_eq!(connection.get("/").await.status, StatusCode::OK);
        server.signal(signal);
        assert_eq!(server.ended().await.code(), Some(0), "{signal}");
    }
}

#[tokio::test]
async fn other_machines_are_warned_of() {
    let (server, address) = serve("quick_start", &["--host", "0.0.0.0"]).await;
    server.stderr.line("other machines can connect").await;
    let port = address.rsplit(':').next().expect("a port");
    assert_eq!(Connection::open(&format!("127.0.0.1:{port}")).await.get("/").await.status, StatusCode::OK);
}
