//! The access log.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Uri};

use super::answer::Answer;
use crate::error::Error;
use crate::log::escaped;

/// Writes `GET /users/7 200 1.2ms` to stderr, with the error if the answer does not show it. The query is left out,
/// since it may hold secrets.
pub(super) fn write(method: &Method, uri: &Uri, answer: &Answer, took: Duration) {
    let tenths = (took.as_micros() + 50) / 100;
    let (path, status) = (escaped(uri.path()), answer.status());
    let mut line = String::with_capacity(uri.path().len() + 64);
    // Writing to a `String` cannot fail.
    let _ = write!(line, "{method} {path} {} {}.{}ms", status.as_str(), tenths / 10, tenths % 10);
    if status.is_server_error()
        && let Some(error) = answer.extensions().get::<Arc<Error>>()
    {
        let _ = write!(line, "  {}", escaped(&error.to_string()));
    }
    line.push('\n');
    // A closed stderr must not fail the request.
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}
