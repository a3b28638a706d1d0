//! What goes wrong between this process and the Runtime API.

use std::fmt;

use http::StatusCode;

use super::connection::Broken;

/// Why the loop cannot go on as it is.
#[derive(Debug)]
pub(super) enum ApiError {
    /// The Runtime API cannot be reached, or does not answer.
    Unreachable(Broken),
    /// It answers, and not with an invocation.
    Refused(StatusCode),
    /// The connection broke while this invocation arrived.
    Lost { id: String, broken: Broken },
    /// What it sent is no invocation, or a request to it could not be made.
    Malformed(String),
}

impl ApiError {
    /// Whether Lambda wants the process to end now: a 500 is its word for an environment that is beyond repair.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, ApiError::Refused(StatusCode::INTERNAL_SERVER_ERROR))
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApiError::Unreachable(broken) => broken.fmt(f),
            ApiError::Refused(status) => write!(f, "asked for the next invocation, it answered {status}"),
            ApiError::Lost { id, broken } => write!(f, "invocation {id} is lost: {broken}"),
            ApiError::Malformed(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for ApiError {}
