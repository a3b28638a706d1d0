//! The answers to requests that no route serves: 404, 405, 415, 400, and the automatic answer to OPTIONS. They pass
//! through the app's own middleware.

use bytes::Bytes;
use http::StatusCode;

use super::error_handlers::ErrorHandlers;
use crate::chain::{Failed, Node, step};
use crate::error::{BadRequestError, Error, MethodNotAllowedError, NotFoundError};
use crate::web::{Fallback, Request, Response};

/// Marks the router's 404 in a response's extensions. It holds the original body, so that the local server can tell
/// whether it may add to it.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "local"), expect(dead_code, reason = "the local server reads it"))]
pub(crate) struct NoRoute(pub(crate) Bytes);

/// The end of the chain of requests that no route serves.
pub(super) fn end_node(errors: &'static ErrorHandlers) -> &'static dyn Node<Request> {
    step(move |request, _next| async move { Ok(answer(request, errors).await) })
}

async fn answer(request: Request, errors: &ErrorHandlers) -> Response {
    let fallback = request.fallback().clone();
    if let Fallback::Options { allow } = fallback {
        return Response::new(()).with_status(StatusCode::NO_CONTENT).with_header("allow", allow);
    }
    let error = error_for(&fallback, &request);
    let is_own = errors.nearest(&error).is_none();
    let response = errors.response(Failed { error, event: Some(request), template: "" }).await;
    match fallback {
        Fallback::MethodNotAllowed { allow } => response.with_header("allow", allow),
        Fallback::NotFound if is_own => marked(response),
        _ => response,
    }
}

fn error_for(fallback: &Fallback, request: &Request) -> Error {
    match fallback {
        Fallback::BadRequest(fault) => BadRequestError::new(fault).into(),
        Fallback::Refused(refusal) => (refusal.error)(refusal.message.clone()),
        Fallback::MethodNotAllowed { .. } => {
            MethodNotAllowedError::new(format!("Unsupported method: {}", request.method())).into()
        }
        Fallback::NotFound | Fallback::Options { .. } => {
            NotFoundError::new(format!("no route for {}", request.path())).into()
        }
    }
}

fn marked(mut response: Response) -> Response {
    let body = response.body().clone();
    response.extensions_mut().insert(NoRoute(body));
    response
}
