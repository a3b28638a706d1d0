//! The line that is written for each request.

use std::io::Write;
use std::time::Duration;

use http::{Method, StatusCode, Uri};

use crate::log::escaped;

/// Writes `GET /users/7 200 1.2ms` to stderr. The query is left out: it may hold secrets.
pub(super) fn write(method: &Method, uri: &Uri, status: StatusCode, took: Duration) {
    let milliseconds = took.as_secs_f64() * 1000.0;
    let line = format!("{method} {} {} {milliseconds:.1}ms\n", escaped(uri.path()), status.as_u16());
    // Nobody reads it any more; that is no reason to fail.
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}
