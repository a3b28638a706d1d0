use std::fmt;

use super::BoxError;

/// An error that HTTP middleware receives as an `Err` instead of as a response.
///
/// If no middleware handles it, it becomes the generic 500, as in Chalice. Its text is that of the error inside.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[route("/report")]
/// async fn report() -> Result<String> {
///     std::fs::read_to_string("report.txt").map_err(|error| ChaliceUnhandledError::new(error).into())
/// }
/// # fn main() {}
/// ```
#[derive(Debug)]
pub struct ChaliceUnhandledError(BoxError);

impl ChaliceUnhandledError {
    /// Wraps an error, or a text.
    pub fn new(error: impl Into<BoxError>) -> Self {
        ChaliceUnhandledError(error.into())
    }

    /// The error inside as a `T`, if it is one.
    pub fn downcast_ref<T: std::error::Error + 'static>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Display for ChaliceUnhandledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for ChaliceUnhandledError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
