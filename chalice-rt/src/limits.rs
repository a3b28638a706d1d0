//! How much is taken.

use crate::error::Result;

/// The largest body of a request, in bytes.
pub(crate) const LARGEST_BODY: usize = 6 * 1024 * 1024;

/// The largest answer of an invocation, in bytes: 6 MB and what Lambda adds to it, as its quotas page says.
pub(crate) const LARGEST_ANSWER: usize = 6_291_556;

/// The most headers of a request or a response; a name counts as often as it has values. It is what a map of the crate
/// `http` holds, and far more than any front end lets through.
pub(crate) const MOST_HEADERS: usize = 24_576;

/// Whether Lambda takes an answer of this many bytes.
///
/// # Errors
/// It is larger than what Lambda takes.
pub(crate) fn fits(size: usize) -> Result<()> {
    if size <= LARGEST_ANSWER {
        return Ok(());
    }
    Err(format!("the answer has {size} bytes; Lambda takes up to {LARGEST_ANSWER} (6 MB)").into())
}
