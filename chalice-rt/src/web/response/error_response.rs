//! The response of an error: a view error's status, or the generic 500.

use std::sync::Arc;

use serde_json::json;

use super::{IntoResponse, Response};
use crate::error::{Error, Result, View};

impl Error {
    /// Makes the response of the error, as for an error that a route returns. A view error gives `{"Code", "Message"}`
    /// with its status. Any other error gives the generic 500, and is logged at ERROR with its sources.
    ///
    /// [`Response::error`] returns the error. The app's exception handlers and `debug` are not applied. To apply them,
    /// return the error instead.
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
    /// The error stays an `Err`, so that the app's exception handlers apply.
    fn into_response(self) -> Result<Response> {
        Err(self)
    }
}

impl Response {
    /// The response of an error. It keeps the error. With `debug` it shows the text of errors that are not view errors.
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
