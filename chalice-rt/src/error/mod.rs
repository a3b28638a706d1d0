//! `Error`: any error, in one pointer. It knows nothing of events or responses.

mod panic;
mod payload;
mod unhandled;
mod view;

use std::fmt;

pub use panic::PanicError;
pub(crate) use panic::{catch, guarded, message_of};
pub use payload::PayloadError;
pub use unhandled::ChaliceUnhandledError;
pub use view::UnsupportedMediaType;
pub use view::{
    BadRequestError, ChaliceViewError, ConflictError, ForbiddenError, MethodNotAllowedError, NotFoundError,
    RequestTimeoutError, TooManyRequestsError, UnauthorizedError, UnprocessableEntityError, View, ViewEntry,
    ViewError,
};

/// Any error in a box, as in tower and axum.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The result of handlers and middleware: [`Error`] unless another error is named.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// fn parse(text: &str) -> Result<u32> {
///     Ok(text.parse()?)
/// }
/// # assert_eq!(parse("7").unwrap(), 7);
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The error of handlers and middleware. It can hold any error.
///
/// `?` converts everything that converts into a boxed error: each `std::error::Error`, boxed errors, `anyhow`'s, and
/// text. Therefore it does not implement `std::error::Error` itself. [`Error::into_boxed`] gives the box to functions
/// that require one.
///
/// A boxed `anyhow::Error` hides the type of the error in it, so a [`NotFoundError`] inside one is no view error any
/// more. Return view errors by `Result`, not by `anyhow::Result`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let error = Error::from(std::io::Error::other("the disk is full"));
/// assert!(error.is::<std::io::Error>());
/// assert_eq!(error.to_string(), "the disk is full");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    source: BoxError,
    type_name: &'static str,
}

impl<E: Into<BoxError>> From<E> for Error {
    fn from(error: E) -> Self {
        Error(Box::new(Inner { source: error.into(), type_name: std::any::type_name::<E>() }))
    }
}

impl Error {
    /// Whether the error is a `T`.
    pub fn is<T: std::error::Error + 'static>(&self) -> bool {
        self.0.source.is::<T>()
    }

    /// The error as a `T`, if it is one.
    pub fn downcast_ref<T: std::error::Error + 'static>(&self) -> Option<&T> {
        self.0.source.downcast_ref()
    }

    /// The error as a box, for functions that require `Box<dyn std::error::Error + Send + Sync>`.
    pub fn into_boxed(self) -> BoxError {
        self.0.source
    }

    /// The error below this one, as [`std::error::Error::source`].
    pub fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.source()
    }

    /// The short name of the error's type, which Lambda shows as `errorType`, such as `NotFoundError` or `Panic`. Texts
    /// and errors that were boxed before have the name `Error`.
    pub fn type_name(&self) -> &'static str {
        if self.is::<PanicError>() {
            return "Panic";
        }
        match self.0.type_name {
            "&str" | "alloc::string::String" => "Error",
            boxed if boxed.contains("dyn ") || boxed.starts_with("alloc::boxed::Box<") => "Error",
            name => short_name(name),
        }
    }

    /// Identifies the error when it comes back as a box.
    pub(crate) fn identity(&self) -> ErrorIdentity {
        ErrorIdentity { place: place(&self.0.source), type_name: self.0.type_name }
    }

    /// Restores an error from its box. If the identity matches, it gets its type's name back.
    pub(crate) fn recognised(source: BoxError, identity: ErrorIdentity) -> Self {
        if place(&source) != identity.place {
            return Error::from(source);
        }
        Error(Box::new(Inner { source, type_name: identity.type_name }))
    }

    /// An error of which only the type's name and the text are known.
    pub(crate) fn named(type_name: &'static str, text: String) -> Self {
        Error(Box::new(Inner { source: text.into(), type_name }))
    }

    pub(crate) fn as_dyn(&self) -> &(dyn std::error::Error + 'static) {
        &*self.0.source
    }

    /// The text of the error and of all its sources, one per line.
    pub(crate) fn report(&self) -> String {
        let mut text = self.to_string();
        let mut source = self.source();
        while let Some(error) = source {
            text.push_str("\ncaused by: ");
            text.push_str(&error.to_string());
            source = error.source();
        }
        text
    }
}

/// The address of a boxed error, and the name of its type, which the box does not know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorIdentity {
    place: (usize, usize),
    type_name: &'static str,
}

/// Address and size.
fn place(error: &BoxError) -> (usize, usize) {
    (std::ptr::from_ref(&**error).cast::<()>().addr(), size_of_val(&**error))
}

/// The last segment of a type's path, without generics: `b::C<d::E>` is `C`.
pub(crate) fn short_name(path: &str) -> &str {
    let plain = path.split('<').next().unwrap_or(path);
    plain.rsplit("::").next().unwrap_or(plain)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.source, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.source, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_without_generics() {
        assert_eq!(Error::from(NotFoundError::new("x")).type_name(), "NotFoundError");
        assert_eq!(Error::from("text").type_name(), "Error");
        assert_eq!(Error::from(BoxError::from("boxed")).type_name(), "Error");
        assert_eq!(catch::<()>(|| panic!("x")).unwrap_err().type_name(), "Panic");
        assert_eq!(short_name("a::B<c::D>"), "B");
    }

    #[test]
    fn an_error_is_one_pointer_wide() {
        assert_eq!(size_of::<Result<()>>(), size_of::<usize>());
    }
}
