//! `Form`: the body of an HTML form, as a type.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use super::FromEvent;
use crate::describe::Describe;
use crate::error::{BadRequestError, Result};
use crate::web::{QueryParams, Request};

/// A body of `application/x-www-form-urlencoded`, as a type. A form that does not fit is answered with 400, which names
/// the field.
///
/// The route takes this content type, unless it sets `content_types`. Pairs are read as those of a
/// [`Query`](super::Query). An empty body is a form without fields; `Option<Form<T>>` is then `None`.
///
/// ```
/// use chalice_rt::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Login { user: String, password: String }
///
/// #[post("/login")]
/// async fn login(form: Form<Login>) -> String {
///     format!("hello {}", form.user)
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromEvent<Request> for Form<T> {
    fn from_event(request: &mut Request) -> Result<Self> {
        let wrong = |error| BadRequestError::new(format!("the form: {error}")).into();
        QueryParams::parse(request.text()?).read().map(Form).map_err(wrong)
    }

    fn is_present(request: &Request) -> bool {
        !request.body().is_empty()
    }

    fn describe(description: &mut Describe) {
        description.body::<T>(&["application/x-www-form-urlencoded"]);
        description.fields_of::<T>();
        description.status(400);
    }
}

impl<T> Deref for Form<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Form<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
