//! The line that is written for each request.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use http::{Method, StatusCode, Uri};

use crate::log::escaped;

/// Writes `GET /users/7 200 1.2ms` to stderr. The query is left out: it may hold secrets.
pub(super) fn write(method: &Method, uri: &Uri, status: StatusCode, took: Duration) {
    let tenths = (took.as_micros() + 50) / 100;
    let (path, status) = (escaped(uri.path()), status.as_str());
    let mut line = String::with_capacity(uri.path().len() + 64);
    // Writing to a `String` cannot fail.
    let _ = writeln!(line, "{method} {path} {status} {}.{}ms", tenths / 10, tenths % 10);
    // Nobody reads it any more; that is no reason to fail.
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}
