//! Size limits.

use crate::error::Result;

/// The largest body of a request, in bytes.
pub(crate) const LARGEST_BODY: usize = 6 * 1024 * 1024;

/// The largest answer of an invocation, in bytes. It is Lambda's quota of 6 MB with Lambda's own allowance.
pub(crate) const LARGEST_ANSWER: usize = 6_291_556;

/// The most headers of a request or a response. Each value of a repeated name counts. It is the capacity of
/// [`http::HeaderMap`], and far more than any front end lets through.
pub(crate) const MOST_HEADERS: usize = 24_576;

/// Checks that an answer of this many bytes is within Lambda's limit.
///
/// # Errors
/// The answer is larger than the limit.
pub(crate) fn fits(size: usize) -> Result<()> {
    if size <= LARGEST_ANSWER {
        return Ok(());
    }
    Err(format!("the answer has {size} bytes; Lambda takes up to {LARGEST_ANSWER} (6 MB)").into())
}
