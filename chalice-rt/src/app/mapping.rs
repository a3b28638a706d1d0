//! How an error becomes a response: view errors by their status, others as the generic 500.

use std::sync::Arc;

use http::StatusCode;
use serde_json::json;

use crate::error::{BUILT_IN_VIEWS, Error, View, ViewProbe};
use crate::web::Response;

/// What an app knows of errors.
#[derive(Debug)]
pub(super) struct Mapping {
    pub(super) views: Vec<ViewProbe>,
    pub(super) debug: bool,
    /// The content types whose bodies are bytes; the default ones if `main` does not say.
    pub(super) binary_types: Option<Vec<String>>,
}

impl Mapping {
    /// The response that stands for an error, which keeps the error.
    pub(super) fn response(&self, error: Error, path: &str) -> Response {
        let response = match self.view(&error) {
            Some(View { status, code }) => view_response(status, code, &error.to_string()),
            None => {
                tracing::error!(
                    error_type = error.type_name(),
                    "caught an error for {path}: {}",
                    error.report()
                );
                self.generic(&error)
            }
        };
        response.with_error(Arc::new(error))
    }

    /// The status of the response that stands for an error.
    pub(super) fn status(&self, error: &Error) -> u16 {
        self.view(error).map_or(500, |view| view.status.as_u16())
    }

    fn view(&self, error: &Error) -> Option<View> {
        let probes = BUILT_IN_VIEWS.iter().chain(&self.views);
        probes.copied().find_map(|probe| probe(error.as_dyn()))
    }

    fn generic(&self, error: &Error) -> Response {
        if self.debug {
            return Response::new(error.report())
                .with_status(StatusCode::INTERNAL_SERVER_ERROR)
                .with_header("content-type", "text/plain");
        }
        Response::generic()
    }
}

fn view_response(status: StatusCode, code: &str, message: &str) -> Response {
    Response::new(json!({"Code": code, "Message": message})).with_status(status)
}
