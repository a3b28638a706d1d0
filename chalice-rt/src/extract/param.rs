//! Path parameters as extractors.

use std::any::type_name;
use std::str::FromStr;

use crate::error::{BadRequestError, Error, Result, short_name};
use crate::web::Request;

/// A type that can be read from a path segment: every type that implements [`FromStr`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a path segment",
    label = "named in the path, and does not implement `FromStr`",
    note = "a path parameter is a `String`, a number, a `bool`, or any type that implements `std::str::FromStr`",
    note = "if it is meant to be an extractor, give the argument a name that is not in the path"
)]
pub trait FromParam: Sized {
    /// Parses the segment. `None` if it does not fit.
    fn from_param(segment: &str) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr> FromParam for T {
    fn from_param(segment: &str) -> Option<Self> {
        segment.parse().ok()
    }
}

/// Reads the path parameter of this name.
///
/// # Errors
/// [`BadRequestError`]: the segment does not parse as a `T`. The message names the parameter.
pub(super) fn read<T: FromParam>(request: &Request, name: &str) -> Result<T> {
    let missing = || Error::from(format!("the route has no path parameter `{name}`"));
    let segment = request.param(name).ok_or_else(missing)?;
    T::from_param(segment).ok_or_else(|| {
        let expected = short_name(type_name::<T>());
        BadRequestError::new(format!("the path parameter `{name}` is not a valid {expected}")).into()
    })
}
