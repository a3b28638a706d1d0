use std::fmt;

/// The error for a payload, or the message of a record, that does not fit the type of its handler's argument.
///
/// The text names the field and the types, but no value. `PayloadError` is the `errorType` of the invocation, so Step
/// Functions can catch it: `{"ErrorEquals": ["PayloadError"], "Next": "Repair"}`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[middleware("pure_lambda")]
/// async fn count_misfits(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>) -> Result<Value> {
///     let outcome = next.run(event).await;
///     if outcome.as_ref().is_err_and(|error| error.is::<PayloadError>()) {
///         tracing::warn!("a caller sent what does not fit");
///     }
///     outcome
/// }
/// # fn main() {}
/// ```
#[derive(Debug)]
pub struct PayloadError(String);

impl PayloadError {
    pub(crate) fn new(text: String) -> Self {
        PayloadError(text)
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PayloadError {}
