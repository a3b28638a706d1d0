//! `Extension`: a value that a middleware put into the request.

use std::any::type_name;
use std::ops::{Deref, DerefMut};

use super::FromEvent;
use crate::describe::Describe;
use crate::error::{Error, Result};
use crate::web::Request;

/// A value that a middleware put into the request with [`Request::extensions_mut`].
///
/// A missing value is a mistake of the app and gives a 500. `Option<Extension<T>>` is then `None`. If a middleware
/// `provides` the value, a handler or middleware that takes it outside of that is a launch error.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[derive(Clone)]
/// struct User(String);
///
/// #[middleware("http", provides = User)]
/// async fn identify(mut request: Request, next: Next<Request>) -> Result<Response> {
///     request.extensions_mut().insert(User("ada".to_owned()));
///     next.run(request).await
/// }
///
/// #[route("/me")]
/// async fn me(user: Extension<User>) -> String {
///     user.0.0
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extension<T>(pub T);

impl<T: Clone + Send + Sync + 'static> FromEvent<Request> for Extension<T> {
    fn from_event(request: &mut Request) -> Result<Self> {
        request.extensions().get().cloned().map(Extension).ok_or_else(missing::<T>)
    }

    fn is_present(request: &Request) -> bool {
        request.extensions().get::<T>().is_some()
    }

    fn describe(description: &mut Describe) {
        description.extension::<T>();
    }
}

fn missing<T>() -> Error {
    let name = type_name::<T>();
    format!("no middleware put a value of type `{name}` into the request's extensions").into()
}

impl<T> Deref for Extension<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Extension<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
