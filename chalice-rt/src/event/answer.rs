//! Answers as JSON, for what knows Lambda functions by their JSON only.

use serde_json::Value;

use super::{AnyResponse, AuthResponse};
use crate::error::{Error, Result};
use crate::web::Response;

/// An answer that has a form in JSON: what Lambda is given. In a module that nobody else can name, it belongs to the
/// seal of [`Event`](super::Event).
pub trait EventAnswer: Sized {
    /// The answer to this event, as JSON.
    fn to_json(&self, event: &Value) -> Result<Value>;

    /// The status of an answer over HTTP.
    fn status(&self) -> Option<u16> {
        None
    }

    /// The error that an answer over HTTP stands for.
    fn error(&self) -> Option<&Error> {
        None
    }

    /// The answer that this JSON is. `kept` is the typed one that the JSON was made of, before it was changed.
    fn from_json(json: Value, kept: Option<Self>) -> Result<Self>;
}

/// The error of an invocation that failed: an `Err`, or over HTTP a response of a 5xx status that was made of an error.
pub(crate) fn failure<R: EventAnswer>(outcome: &Result<R>) -> Option<&Error> {
    match outcome {
        Err(error) => Some(error),
        Ok(answer) => answer.error().filter(|_| answer.status().is_some_and(|status| status >= 500)),
    }
}

impl EventAnswer for Value {
    #[inline]
    fn to_json(&self, _event: &Value) -> Result<Value> {
        Ok(self.clone())
    }

    #[inline]
    fn from_json(json: Value, _kept: Option<Self>) -> Result<Self> {
        Ok(json)
    }
}

impl EventAnswer for Response {
    #[inline]
    fn to_json(&self, _event: &Value) -> Result<Value> {
        Ok(Response::to_json(self))
    }

    fn status(&self) -> Option<u16> {
        Some(Response::status(self).as_u16())
    }

    fn error(&self) -> Option<&Error> {
        Response::error(self)
    }

    #[inline]
    fn from_json(json: Value, kept: Option<Self>) -> Result<Self> {
        Response::from_json(json, kept)
    }
}

impl EventAnswer for AuthResponse {
    #[inline]
    fn to_json(&self, event: &Value) -> Result<Value> {
        let arn = event["methodArn"].as_str().or(event["routeArn"].as_str());
        Ok(self.document(arn.unwrap_or_default()))
    }

    #[inline]
    fn from_json(json: Value, _kept: Option<Self>) -> Result<Self> {
        Ok(AuthResponse::from(json))
    }
}

impl EventAnswer for AnyResponse {
    #[inline]
    fn to_json(&self, event: &Value) -> Result<Value> {
        match self {
            AnyResponse::Http(response) => EventAnswer::to_json(response, event),
            AnyResponse::Json(value) => value.to_json(event),
        }
    }

    fn status(&self) -> Option<u16> {
        match self {
            AnyResponse::Http(response) => EventAnswer::status(response),
            AnyResponse::Json(_) => None,
        }
    }

    fn error(&self) -> Option<&Error> {
        match self {
            AnyResponse::Http(response) => response.error(),
            AnyResponse::Json(_) => None,
        }
    }

    #[inline]
    fn from_json(json: Value, kept: Option<Self>) -> Result<Self> {
        match kept {
            Some(AnyResponse::Http(kept)) => Response::from_json(json, Some(kept)).map(AnyResponse::Http),
            _ => Ok(AnyResponse::Json(json)),
        }
    }
}
