//! `Query`: the query of a request, as a type.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use super::FromEvent;
use crate::describe::Describe;
use crate::error::{BadRequestError, Result};
use crate::web::Request;

/// The query of a request, as a type. A query that does not fit is answered with 400, which names the parameter.
///
/// A repeated parameter fills a `Vec`; otherwise its last value counts. Flattened and untagged types do not tell serde
/// what they expect; for these a text that reads like a number or a boolean becomes one. Parameters that the type does
/// not read are ignored, even if they are malformed. An `Option<Query<T>>` is `None` if there is no query at all.
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
