//! `Error`: whatever went wrong, in one pointer. Knows nothing of events or of responses.

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

/// An error in a box, as the field spells it.
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

/// Whatever went wrong in a handler or a middleware.
///
/// It takes everything that converts into a boxed error: each `std::error::Error`, boxed ones, `anyhow`'s, and text; so
/// `?` works on all of them. Therefore it does not implement `std::error::Error` itself: [`Error::into_boxed`] gives
/// the box where one is asked for.
///
/// An `anyhow::Error` hides the type of the error in it once it is boxed, so a [`NotFoundError`] in one is no view error
/// any more: return view errors by `Result`, not by `anyhow::Result`.
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

    /// The error as the box that it is, for functions that ask for `Box<dyn std::error::Error + Send + Sync>`.
    pub fn into_boxed(self) -> BoxError {
        self.0.source
    }

    /// The error below this one, as [`std::error::Error::source`].
    pub fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.source()
    }

    /// The short name of the error's type, which Lambda shows as `errorType`: `NotFoundError`, `Panic`; `Error` for
    /// text and for errors whose type is hidden in a box.
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

    /// What the error can be recognised by when it comes back as a box.
    pub(crate) fn identity(&self) -> ErrorIdentity {
        ErrorIdentity { place: place(&self.0.source), type_name: self.0.type_name }
    }

    /// The error in a box; if it is the one with this identity, it still knows the name of its type.
    pub(crate) fn recognised(source: BoxError, identity: ErrorIdentity) -> Self {
        if place(&source) != identity.place {
            return Error::from(source);
        }
        Error(Box::new(Inner { source, type_name: identity.type_name }))
    }

    /// An error of which only the name of its type and its text are left.
    pub(crate) fn named(type_name: &'static str, text: String) -> Self {
        Error(Box::new(Inner { source: text.into(), type_name }))
    }

    pub(crate) fn as_dyn(&self) -> &(dyn std::error::Error + 'static) {
        &*self.0.source
    }

    /// The text of the error and of all errors below it, one a line.
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

/// Where an error lies, and the name of its type, which a box does not tell.
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
