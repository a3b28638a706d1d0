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
    /// An option of the route does not let the request in; the text, and what makes an error of it.
    Refused(String, fn(String) -> Error),
    /// The request is malformed.
    BadRequest(String),
}
