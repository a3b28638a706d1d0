//! Why no route serves a request.

use crate::error::Error;

/// Why no route serves a request, as the router has found.
#[derive(Debug, Clone, Default)]
pub(crate) enum Fallback {
    /// No route has the path. Also what a request counts as that a middleware made itself, in place of one that no route
    /// serves.
    #[default]
    NotFound,
    /// The path has routes, but none of this method; the methods that are written on them.
    MethodNotAllowed { allow: String },
    /// An automatic answer to OPTIONS; the methods of the path.
    Options { allow: String },
    /// An option of the route does not let the request in.
    Refused(Refusal),
    /// The request is malformed.
    BadRequest(String),
}

/// Why a route does not take a request. It makes the error when somebody answers it: errors cannot be cloned, and
/// requests can.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) error: fn(String) -> Error,
}
