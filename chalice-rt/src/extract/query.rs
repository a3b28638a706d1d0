//! `Query`: a query as a type.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use super::FromEvent;
use crate::describe::Describe;
use crate::error::{BadRequestError, Result};
use crate::web::Request;

/// The query of a request, read into a type. What does not fit answers 400, with the name.
///
/// A name that came several times is a list where the type has a `Vec`, its last value otherwise. Where a type says
/// nothing of what it wants, as flattened and untagged ones, a text that reads like a number or a boolean is one. A pair
/// that the type does not read is passed over, even if it is malformed. An `Option<Query<T>>` is `None` if there is no
/// query at all.
///
/// ```
/// use chalice_rt::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Search { page: Option<u32>, #[serde(default)] tag: Vec<String> }
///
/// #[get("/search")]
/// async fn search(search: Query<Search>) -> Value {
///     json!({"page": search.page.unwrap_or(1), "tags": search.tag})
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromEvent<Request> for Query<T> {
    fn from_event(request: &mut Request) -> Result<Self> {
        let wrong = |error| BadRequestError::new(format!("the query: {error}")).into();
        request.query().read().map(Query).map_err(wrong)
    }

    fn is_present(request: &Request) -> bool {
        !request.query().is_empty()
    }

    fn describe(description: &mut Describe) {
        description.query::<T>(None);
        description.fields_of::<T>();
        description.status(400);
    }
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Query<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
