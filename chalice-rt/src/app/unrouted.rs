//! The answers to requests that no route serves: 404, 405, 415, 400, and the automatic one to OPTIONS. They pass through
//! the app's own middleware like any other.

use http::StatusCode;

use super::rescue::Rescue;
use crate::chain::{Node, step};
use crate::error::{BadRequestError, Error, MethodNotAllowedError, NotFoundError};
use crate::route::Refusal;
use crate::web::{Request, Response};

/// What the text of the router's own 404 begins with, before the path.
pub(crate) const NO_ROUTE: &str = "no route for ";

/// Why no route serves a request. It travels in the request's extensions, out of reach of the middleware.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    NotFound,
    MethodNotAllowed(String),
    Options(String),
    /// By an option of the route.
    Refused(Refusal),
    BadRequest(String),
}

/// The end of the chain for such requests.
pub(super) fn end_node(rescue: &'static Rescue) -> &'static dyn Node<Request> {
    step(move |request, _next| async move { Ok(answer(request, rescue).await) })
}

async fn answer(request: Request, rescue: &Rescue) -> Response {
    let verdict = request.extensions().get::<Verdict>().cloned().unwrap_or(Verdict::NotFound);
    let path = request.path().to_owned();
    match verdict {
        Verdict::Options(allow) => {
            Response::new(()).with_status(StatusCode::NO_CONTENT).with_header("allow", allow)
        }
        Verdict::MethodNotAllowed(allow) => {
            let error = MethodNotAllowedError::new(format!("Unsupported method: {}", request.method()));
            rescue.response(error.into(), Some(request), &path).await.with_header("allow", allow)
        }
        verdict => rescue.response(verdict.into_error(&path), Some(request), &path).await,
    }
}

impl Verdict {
    fn into_error(self, path: &str) -> Error {
        match self {
            Verdict::BadRequest(fault) => BadRequestError::new(fault).into(),
            Verdict::Refused(Refusal { message, error }) => error(message),
            _ => NotFoundError::new(format!("{NO_ROUTE}{path}")).into(),
        }
    }
}
