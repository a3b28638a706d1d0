//! View errors: errors with an HTTP status.

use std::fmt;

use http::StatusCode;

use super::Error;

/// An error with an HTTP status.
///
/// The response's body is `{"Code": "<name of the type>", "Message": "<text of the error>"}`. The implementation needs
/// [`#[view_error]`](macro@crate::view_error) above it, which registers the type. Without that its errors are answered
/// as 500. For a type with one fixed status `#[view_error(418)]` on the type is shorter.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(Debug)]
/// enum OrderError { Unknown, SoldOut }
///
/// impl std::fmt::Display for OrderError {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         f.write_str(match self { Self::Unknown => "no such order", Self::SoldOut => "sold out" })
///     }
/// }
///
/// impl std::error::Error for OrderError {}
///
/// #[view_error]
/// impl ViewError for OrderError {
///     fn status(&self) -> StatusCode {
///         match self { Self::Unknown => StatusCode::NOT_FOUND, Self::SoldOut => StatusCode::CONFLICT }
///     }
/// }
/// # fn main() {}
/// ```
pub trait ViewError: std::error::Error + Send + Sync + 'static {
    /// The status of the answer.
    fn status(&self) -> StatusCode;
}

/// The status and the `Code` of a view error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The status of the answer.
    pub status: StatusCode,
    /// The `Code` of the answer's body.
    pub code: &'static str,
}

/// Downcasts an error to one type of view error and gives its status and code.
type ViewProbe = fn(&(dyn std::error::Error + 'static)) -> Option<View>;

/// The entry that `#[view_error]` puts into the binary.
#[derive(Debug)]
pub struct ViewEntry(pub ViewProbe);

inventory::collect!(ViewEntry);

impl Error {
    /// The HTTP status of the error: that of a view error, 500 for all others.
    ///
    /// A view error inside a [`ChaliceUnhandledError`](crate::ChaliceUnhandledError) counts as 500, too.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// assert_eq!(Error::from(NotFoundError::new("no such order")).status(), StatusCode::NOT_FOUND);
    /// assert_eq!(Error::from("the disk is full").status(), 500);
    /// ```
    pub fn status(&self) -> StatusCode {
        self.view().map_or(StatusCode::INTERNAL_SERVER_ERROR, |view| view.status)
    }

    /// The status and code, if the error is a view error, built in or the user's own.
    pub(crate) fn view(&self) -> Option<View> {
        let own = inventory::iter::<ViewEntry>.into_iter().map(|entry| entry.0);
        BUILT_IN_VIEWS.iter().copied().chain(own).find_map(|probe| probe(self.as_dyn()))
    }
}

macro_rules! view_errors {
    ($($(#[$doc:meta])* $name:ident = $status:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone)]
            pub struct $name(String);

            impl $name {
                /// An error with this text, which is the `Message` of the response.
                pub fn new(message: impl Into<String>) -> Self {
                    $name(message.into())
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl std::error::Error for $name {}

            impl ViewError for $name {
                fn status(&self) -> StatusCode {
                    StatusCode::$status
                }
            }
        )*

        /// The built-in view errors, which need no registration.
        const BUILT_IN_VIEWS: &[ViewProbe] = &[$(
            |error| error.downcast_ref::<$name>().map(|error| View { status: error.status(), code: stringify!($name) }),
        )*];
    };
}

view_errors! {
    /// 400: the request is malformed.
    BadRequestError = BAD_REQUEST;
    /// 401: the caller is not authenticated.
    UnauthorizedError = UNAUTHORIZED;
    /// 403: the caller is authenticated but not allowed to do this.
    ForbiddenError = FORBIDDEN;
    /// 404: the resource does not exist.
    NotFoundError = NOT_FOUND;
    /// 405: the path exists, but not for this method.
    MethodNotAllowedError = METHOD_NOT_ALLOWED;
    /// 408: the request took too long.
    RequestTimeoutError = REQUEST_TIMEOUT;
    /// 409: the request conflicts with the resource's current state.
    ConflictError = CONFLICT;
    /// 415: the route does not take this content type.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE;
    /// 422: the request is well-formed, but its content does not fit.
    UnprocessableEntityError = UNPROCESSABLE_ENTITY;
    /// 429: the caller has sent too many requests.
    TooManyRequestsError = TOO_MANY_REQUESTS;
    /// 500 with a text that the caller sees. Other errors give the generic 500.
    ChaliceViewError = INTERNAL_SERVER_ERROR;
}
