//! The answer to a request that no route serves.

use crate::error::Error;

/// The reason why no route serves a request, as the router has found.
#[derive(Debug, Clone, Default)]
pub(crate) enum Fallback {
    /// No route has the path. It also stands for a request that a middleware made, in place of one that no route
    /// serves.
    #[default]
    NotFound,
    /// The path has routes, but none for this method. `allow` lists their methods.
    MethodNotAllowed { allow: String },
    /// An automatic answer to OPTIONS. `allow` lists the methods of the path.
    Options { allow: String },
    /// An option of the route refuses the request.
    Refused(Refusal),
    /// The request is malformed.
    BadRequest(String),
}

/// The reason why a route refuses a request. The error is made when the request is answered, because requests are
/// `Clone` and errors are not.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) error: fn(String) -> Error,
}
