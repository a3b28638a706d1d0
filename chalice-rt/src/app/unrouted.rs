//! The answers to requests that no route serves: 404, 405, 415, 400, and the automatic one to OPTIONS. They pass through
//! the app's own middleware like any other.

use http::StatusCode;

use super::mapping::Mapping;
use crate::chain::{Node, end};
use crate::error::{BadRequestError, Error, MethodNotAllowedError, NotFoundError, UnsupportedMediaType};
use crate::http::{Request, Response};

/// Why no route serves a request. It travels in the request's extensions, out of reach of the middleware.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    NotFound,
    MethodNotAllowed(String),
    Options(String),
    UnsupportedMediaType(String),
    BadRequest(String),
}

/// The end of the chain for such requests.
pub(super) fn end_node(mapping: &'static Mapping) -> &'static dyn Node<Request> {
    end(move |request| async move { Ok(answer(&request, mapping)) })
}

fn answer(request: &Request, mapping: &Mapping) -> Response {
    let verdict = request.extensions().get::<Verdict>().cloned().unwrap_or(Verdict::NotFound);
    let refused = |error: Error| mapping.response(error, request.path());
    match verdict {
        Verdict::NotFound => refused(NotFoundError::new(format!("no route for {}", request.path())).into()),
        Verdict::BadRequest(fault) => refused(BadRequestError::new(fault).into()),
        Verdict::MethodNotAllowed(allow) => {
            let error = MethodNotAllowedError::new(format!("Unsupported method: {}", request.method()));
            refused(error.into()).with_header("allow", allow)
        }
        Verdict::UnsupportedMediaType(media_type) => {
            refused(UnsupportedMediaType::new(format!("Unsupported media type: {media_type}")).into())
        }
        Verdict::Options(allow) => {
            Response::new(()).with_status(StatusCode::NO_CONTENT).with_header("allow", allow)
        }
    }
}
