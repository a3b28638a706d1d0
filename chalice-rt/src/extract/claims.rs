//! `Claims`: the authorizer's claims about the caller.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::FromEvent;
use crate::describe::Describe;
use crate::error::{Error, Result, UnauthorizedError};
use crate::json::json_fault;
use crate::web::Request;

/// The claims of the front end's authorizer about the caller, as a type.
///
/// They come from the request context. For a REST API that is `authorizer.claims` (Cognito) or the whole of
/// `authorizer` (the context of a Lambda authorizer). For an HTTP API it is `authorizer.jwt.claims`,
/// `authorizer.lambda` or `authorizer.iam`. A request without them is answered with 401; `Option<Claims<T>>` is then
/// `None`. Claims that do not fit `T` give a 500, since the caller cannot change them.
///
/// ```
/// use chalice_rt::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct User { sub: String }
///
/// #[route("/me")]
/// async fn me(user: Claims<User>) -> String {
///     user.sub.clone()
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claims<T>(pub T);

impl<T: DeserializeOwned> FromEvent<Request> for Claims<T> {
    fn from_event(request: &mut Request) -> Result<Self> {
        let claims = claims(request)
            .ok_or_else(|| UnauthorizedError::new("no authorizer has identified the caller"))?;
        let wrong = |error| Error::from(format!("the authorizer's claims: {}", json_fault(&error)));
        T::deserialize(claims).map(Claims).map_err(wrong)
    }

    fn is_present(request: &Request) -> bool {
        claims(request).is_some()
    }

    fn describe(description: &mut Describe) {
        description.context::<T>();
        description.status(401);
    }
}

/// The members with each front end's claims. A request context has at most one of them.
const PLACES: [(&str, &str); 4] =
    [("jwt", "/jwt/claims"), ("claims", "/claims"), ("lambda", "/lambda"), ("iam", "/iam")];

fn claims(request: &Request) -> Option<&Value> {
    let authorizer = given(&request.request_context()["authorizer"])?;
    let mut places = PLACES.iter().filter(|(member, _)| authorizer.get(member).is_some()).peekable();
    match places.peek() {
        Some(_) => places.find_map(|(_, path)| given(authorizer.pointer(path)?)),
        None => Some(authorizer),
    }
}

fn given(value: &Value) -> Option<&Value> {
    value.as_object().filter(|members| !members.is_empty()).map(|_| value)
}

impl<T> Deref for Claims<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Claims<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
