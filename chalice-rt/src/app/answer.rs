//! The answer of an app before its last step, which depends on who asked: Lambda, or a server in the same process.

use bytes::Bytes;

use crate::error::Result;
use crate::limits::fits;
use crate::web::{OutgoingResponse, read_response};

/// The answer of an invocation.
pub(super) enum Answer {
    Http(OutgoingResponse<'static>),
    Json(Bytes),
}

impl Answer {
    /// The bytes for Lambda.
    ///
    /// # Errors
    /// They are more than Lambda takes.
    pub(super) fn into_bytes(self) -> Result<Bytes> {
        let bytes = match self {
            Answer::Http(response) => response.json()?,
            Answer::Json(bytes) => bytes,
        };
        fits(bytes.len())?;
        Ok(bytes)
    }

    /// The response to a request; its extensions hold the error that it was made of.
    ///
    /// # Errors
    /// It is more than Lambda takes, or no answer to a request.
    #[inline]
    pub(super) fn into_http(self) -> Result<http::Response<Bytes>> {
        match self {
            Answer::Http(response) => response.into_http(),
            Answer::Json(_) => read_response(&self.into_bytes()?),
        }
    }
}
