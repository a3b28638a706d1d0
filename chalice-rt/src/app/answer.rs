//! The answer of an app, before it is written for Lambda or for a server in this process.

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
    /// The answer is larger than Lambda's limit.
    pub(super) fn into_bytes(self) -> Result<Bytes> {
        let bytes = match self {
            Answer::Http(response) => response.json()?,
            Answer::Json(bytes) => bytes,
        };
        fits(bytes.len())?;
        Ok(bytes)
    }

    /// The response to a request. Its extensions hold the error that it was made from.
    ///
    /// # Errors
    /// It is larger than Lambda's limit, or not the answer to a request.
    #[inline]
    pub(super) fn into_http(self) -> Result<http::Response<Bytes>> {
        match self {
            Answer::Http(response) => response.into_http(),
            Answer::Json(_) => read_response(&self.into_bytes()?),
        }
    }
}
