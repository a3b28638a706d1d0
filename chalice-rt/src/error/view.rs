//! View errors: errors that know the HTTP status they stand for.

use std::fmt;

use http::StatusCode;

use super::Error;

/// An error that stands for an HTTP status.
///
/// The answer's body is `{"Code": "<name of the type>", "Message": "<text of the error>"}`. An `Error` can hold any
/// error, so an own view error makes itself known with `#[view_error]` above the implementation; on a type it can be
/// written shorter, `#[view_error(418)]`.
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

/// What a view error says: its status and the `Code` of its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The status of the answer.
    pub status: StatusCode,
    /// The `Code` of the answer's body.
    pub code: &'static str,
}

/// Tells whether an error is of one certain type of view error, and what it says then.
type ViewProbe = fn(&(dyn std::error::Error + 'static)) -> Option<View>;

/// What `#[view_error]` puts into the binary.
#[derive(Debug)]
pub struct ViewEntry(pub ViewProbe);

inventory::collect!(ViewEntry);

impl Error {
    /// The status that the error stands for: that of a view error, 500 for all others.
    ///
    /// An error inside a [`ChaliceUnhandledError`](crate::ChaliceUnhandledError) does not count.
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

    /// What the error says if it is a view error, built in or the user's own.
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
                /// An error with this text, the `Message` of the answer.
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

        /// The view errors that are there without being registered.
        const BUILT_IN_VIEWS: &[ViewProbe] = &[$(
            |error| error.downcast_ref::<$name>().map(|error| View { status: error.status(), code: stringify!($name) }),
        )*];
    };
}

view_errors! {
    /// 400: the request is malformed.
    BadRequestError = BAD_REQUEST;
    /// 401: the caller is not known.
    UnauthorizedError = UNAUTHORIZED;
    /// 403: the caller is known, and may not.
    ForbiddenError = FORBIDDEN;
    /// 404: there is no such thing.
    NotFoundError = NOT_FOUND;
    /// 405: the path is known, the method is not.
    MethodNotAllowedError = METHOD_NOT_ALLOWED;
    /// 408: the request took too long.
    RequestTimeoutError = REQUEST_TIMEOUT;
    /// 409: the request contradicts what is there.
    ConflictError = CONFLICT;
    /// 415: the content type is not one that the route takes.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE;
    /// 422: well formed, and not what is asked for.
    UnprocessableEntityError = UNPROCESSABLE_ENTITY;
    /// 429: too often.
    TooManyRequestsError = TOO_MANY_REQUESTS;
    /// 500, with a text that the caller may see.
    ChaliceViewError = INTERNAL_SERVER_ERROR;
}
