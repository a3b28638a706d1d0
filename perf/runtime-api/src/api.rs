//! The Runtime API on loopback: hands out one event a number of times, and notes when what happens.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::case::Case;

/// What has happened.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    handed_out: usize,
    pub(crate) first_next: Option<Instant>,
    sent: Option<Instant>,
    /// From the event's last byte to the answer's.
    pub(crate) invocations: Vec<Duration>,
    pub(crate) connections: usize,
    wrong: Option<String>,
    done: bool,
}

/// A Runtime API that serves one program.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) address: String,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    case: Case,
    times: usize,
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Api {
    /// Hands out the event so many times, then lets the program wait.
    pub(crate) fn start(case: &Case, times: usize) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let shared = Shared { case: case.clone(), times, seen: Mutex::default(), changed: Condvar::new() };
        let shared = Arc::new(shared);
        let served = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                served.seen().connections += 1;
                let served = Arc::clone(&served);
                std::thread::spawn(move || served.serve(&stream));
            }
        });
        Ok(Api { address, shared })
    }

    /// Waits until the program has asked for the first event.
    pub(crate) fn wait_for_next(&self, patience: Duration) -> Result<(), String> {
        self.wait(patience, |seen| seen.first_next.is_some() || seen.done).map(drop)
    }

    /// Waits until the last event is answered and the next one asked for.
    pub(crate) fn wait_for_end(&self, patience: Duration) -> Result<Seen, String> {
        let mut seen = self.wait(patience, |seen| seen.done)?;
        match seen.wrong.take() {
            Some(wrong) => Err(format!("{}: {wrong}", self.shared.case.name)),
            None => Ok(std::mem::take(&mut *seen)),
        }
    }

    fn wait(
        &self,
        patience: Duration,
        until: impl Fn(&Seen) -> bool,
    ) -> Result<MutexGuard<'_, Seen>, String> {
        let waited =
            self.shared.changed.wait_timeout_while(self.shared.seen(), patience, |seen| !until(seen));
        let (seen, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() { Err(format!("{}: no end in sight", self.shared.case.name)) } else { Ok(seen) }
    }
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` is the end of the connection.
    fn serve(&self, stream: &TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let (mut reader, mut writer) = (BufReader::with_capacity(32 * 1024, stream), stream);
        loop {
            let (target, body) = read_request(&mut reader)?;
            let now = Instant::now();
            let reply =
                if target.ends_with("/next") { self.next(now)? } else { self.answered(&target, &body, now) };
            // Taken before the bytes leave: whoever reads them may be quicker than this thread.
            if target.ends_with("/next") {
                self.seen().sent = Some(Instant::now());
            }
            writer.write_all(&reply).ok()?;
        }
    }

    /// The next event; `None` if there is none any more: Lambda would freeze the process now.
    fn next(&self, now: Instant) -> Option<Vec<u8>> {
        let mut seen = self.seen();
        seen.first_next.get_or_insert(now);
        seen.done = seen.handed_out == self.times;
        seen.handed_out += 1;
        self.changed.notify_all();
        if seen.done {
            drop(seen);
            loop {
                std::thread::park();
            }
        }
        let mut reply = Vec::with_capacity(self.case.event.len() + 512);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\
             Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-{:012x}\r\n\
             Lambda-Runtime-Deadline-Ms: 4102444800000\r\n\
             Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:perf\r\n\
             Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n\
             Content-Length: {}\r\n\r\n",
            seen.handed_out,
            self.case.event.len()
        );
        reply.extend_from_slice(head.as_bytes());
        reply.extend_from_slice(&self.case.event);
        Some(reply)
    }

    fn answered(&self, target: &str, body: &[u8], now: Instant) -> Vec<u8> {
        let mut seen = self.seen();
        if let Some(sent) = seen.sent.take() {
            seen.invocations.push(now - sent);
        }
        if !target.ends_with("/response") || !self.case.is_answered_by(body) {
            seen.wrong = Some(format!("{target}: {}", String::from_utf8_lossy(body)));
            seen.done = true;
            self.changed.notify_all();
        }
        b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\"OK\"}".to_vec()
    }
}

fn read_request(reader: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let first = read_line(reader)?;
    let target = first.split(' ').nth(1)?.to_owned();
    let (mut length, mut chunked) = (0, false);
    loop {
        let line = read_line(reader)?.to_ascii_lowercase();
        match line.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            Some(("transfer-encoding", value)) => chunked = value.contains("chunked"),
            Some(_) => {}
            None if line.is_empty() => break,
            None => return None,
        }
    }
    let body = if chunked { read_chunks(reader)? } else { read_exactly(reader, length)? };
    Some((target, body))
}

fn read_chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&read_line(reader)?, 16).ok()?;
        body.extend(read_exactly(reader, length)?);
        read_line(reader)?;
        if length == 0 {
            return Some(body);
        }
    }
}

fn read_line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let length = reader.read_line(&mut line).ok()?;
    (length > 0).then(|| line.trim_end().to_owned())
}

fn read_exactly(reader: &mut impl Read, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
