//! `Json`: a JSON body of a request or a response.

use std::ops::{Deref, DerefMut};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::FromEvent;
use crate::describe::Describe;
use crate::error::Result;
use crate::web::{Body, IntoBody, IntoResponse, Request, Response};

/// A JSON body. As an argument of a route it is the request's body, as its result the response's.
///
/// An empty or malformed request body is answered with 400, JSON that does not fit `T` with 422, which names the path
/// of the field. An `Option<Json<T>>` is `None` if the body is empty.
///
/// ```
/// use chalice_rt::prelude::*;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// struct User { name: String }
///
/// #[post("/users")]
/// async fn create(user: Json<User>) -> Json<User> {
///     user
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromEvent<Request> for Json<T> {
    fn from_event(request: &mut Request) -> Result<Self> {
        request.json().map(Json)
    }

    fn is_present(request: &Request) -> bool {
        !request.body().is_empty()
    }

    fn describe(description: &mut Describe) {
        description.body::<T>(&["application/json"]);
        description.fields_of::<T>();
        description.status(400);
        description.status(422);
    }
}

impl<T: Serialize> IntoBody for Json<T> {
    fn into_body(self) -> Body {
        Body::json_or_error(&self.0)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Result<Response> {
        Body::json(&self.0).map(Response::new)
    }

    fn describe(description: &mut Describe) {
        description.answer::<T>(200, "application/json");
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
