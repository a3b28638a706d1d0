//! The line that is written for each request.

use std::io::Write;
use std::time::Duration;

use http::{Method, StatusCode, Uri};

use crate::log::escaped;

/// Writes `GET /users/7 200 1.2ms` to stderr. The query is left out: it may hold secrets.
pub(super) fn write(method: &Method, uri: &Uri, status: StatusCode, took: Duration) {
    let tenths = (took.as_micros() + 50) / 100;
    let (path, status) = (escaped(uri.path()), status.as_str());
    let line = format!("{method} {path} {status} {}.{}ms\n", tenths / 10, tenths % 10);
    // Nobody reads it any more; that is no reason to fail.
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}
