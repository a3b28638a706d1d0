//! `Query`: a query as a type.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use super::FromEvent;
use crate::error::{BadRequestError, Result};
use crate::web::{Request, from_pairs};

/// The query of a request, read into a type. What does not fit answers 400, with the name.
///
/// A name that came several times is a list where the type has a `Vec`, its last value otherwise. An
/// `Option<Query<T>>` is `None` if there is no query at all.
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
        let query = request.query();
        if let Some(name) = query.malformed() {
            let name = name.escape_debug();
            return Err(
                BadRequestError::new(format!("the query's `{name}` is not percent-encoded UTF-8")).into()
            );
        }
        let wrong = |error| BadRequestError::new(format!("the query: {error}")).into();
        from_pairs(query.iter()).map(Query).map_err(wrong)
    }

    fn is_present(request: &Request) -> bool {
        !request.query().is_empty()
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
