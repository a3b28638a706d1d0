//! The response that stands for an error: a view error by its status, any other as the generic 500.

use std::sync::Arc;

use serde_json::json;

use super::{IntoResponse, Response};
use crate::error::{Error, Result, View};

impl Error {
    /// The response that stands for the error, as for an error that a route returns: a view error is
    /// `{"Code", "Message"}` with its status, any other the generic 500, and is logged at ERROR with its sources.
    ///
    /// [`Response::error`] gives the error back. What an app says about errors, its exception handlers and `debug`, does
    /// not count here; to have them asked, return the error.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let response = Error::from(ConflictError::new("taken")).into_response();
    /// assert_eq!(response.status(), 409);
    /// assert_eq!(response.text(), r#"{"Code":"ConflictError","Message":"taken"}"#);
    /// assert!(response.error().is_some_and(|error| error.is::<ConflictError>()));
    /// ```
    pub fn into_response(self) -> Response {
        if self.view().is_none() {
            tracing::error!(error_type = self.type_name(), "an error became a response: {}", self.report());
        }
        Response::of_error(self, false)
    }
}

impl IntoResponse for Error {
    /// The error stays the handler's, so that the app's exception handlers are asked.
    fn into_response(self) -> Result<Response> {
        Err(self)
    }
}

impl Response {
    /// The response that stands for an error, which it keeps. With `debug` the text of one that is no view error is shown.
    pub(crate) fn of_error(error: Error, debug: bool) -> Self {
        let response = match error.view() {
            Some(View { status, code }) => {
                let body = json!({"Code": code, "Message": error.to_string()});
                Response::new(body).with_status(status)
            }
            None if debug => Response::new(error.report()).with_status(500),
            None => Response::generic(),
        };
        response.with_error(Arc::new(error))
    }
}
