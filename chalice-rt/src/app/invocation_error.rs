//! The error of an invocation, as Lambda shows it.

use std::fmt;

use serde::Serialize;

use crate::error::Error;

/// The error of an invocation that failed, as Lambda shows it to the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvocationError {
    /// The short name of the error's type: `NotFoundError`; `Panic` for panics.
    pub error_type: String,
    /// The error's text.
    pub error_message: String,
}

impl InvocationError {
    pub(crate) fn new(error_type: impl Into<String>, error_message: impl Into<String>) -> Self {
        InvocationError { error_type: error_type.into(), error_message: error_message.into() }
    }
}

impl From<Error> for InvocationError {
    fn from(error: Error) -> Self {
        InvocationError::new(error.type_name(), error.to_string())
    }
}

impl From<InvocationError> for lambda_runtime::Diagnostic {
    /// For an app that `lambda_runtime::run` serves.
    fn from(error: InvocationError) -> Self {
        lambda_runtime::Diagnostic { error_type: error.error_type, error_message: error.error_message }
    }
}

impl fmt::Display for InvocationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_type, self.error_message)
    }
}

impl std::error::Error for InvocationError {}
