//! Why the loop ends before its time.

use std::fmt;

use http::StatusCode;

use super::exchange::Broken;

/// Why the loop cannot go on.
#[derive(Debug)]
pub(super) enum ApiError {
    /// The Runtime API cannot be reached.
    Unreachable(Broken),
    /// It answers, and not with an invocation.
    Refused(StatusCode),
    /// What it sent is no invocation, or a request to it could not be made.
    Malformed(String),
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApiError::Unreachable(broken) => broken.fmt(f),
            ApiError::Refused(status) => write!(f, "asked for the next invocation, it answered {status}"),
            ApiError::Malformed(text) => f.write_str(text),
        }
    }
}
