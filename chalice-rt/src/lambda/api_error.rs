//! The errors of calling the Runtime API.

use std::fmt;

use http::StatusCode;

use super::connection::Broken;

/// An error of the Runtime API.
#[derive(Debug)]
pub(super) enum ApiError {
    /// The Runtime API cannot be reached, or does not answer.
    Unreachable(Broken),
    /// It answers with an error status.
    Refused(StatusCode),
    /// The connection broke while this invocation was arriving.
    Lost { id: String, broken: Broken },
    /// Its answer is not an invocation, or the request could not be made.
    Malformed(String),
}

impl ApiError {
    /// Whether the process must end: Lambda sends a 500 for a broken environment.
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
