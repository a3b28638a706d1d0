//! The JSON form of answers.

use bytes::Bytes;
use serde_json::Value;

use super::{AnyResponse, AuthResponse, RawEvent};
use crate::error::{Error, Result};
use crate::web::{Response, encode_websocket};

/// The answer to an event, with its JSON form. The trait is in a private module, so it is part of the seal of
/// [`Event`](super::Event).
pub trait EventAnswer: Sized {
    /// The answer to this event, as JSON.
    fn to_json(&self, event: &Value) -> Result<Value>;

    /// The status of an HTTP answer.
    fn status(&self) -> Option<u16> {
        None
    }

    /// The error that an HTTP answer was made from.
    fn error(&self) -> Option<&Error> {
        None
    }

    /// Makes the answer of an HTTP response. `None` for events that are not answered with one.
    fn of_response(_response: Response) -> Option<Self> {
        None
    }

    /// The JSON that Lambda receives.
    #[allow(private_interfaces)]
    fn into_bytes(self, event: &RawEvent) -> Result<Bytes>;

    /// The answer for an error at the end of a chain, or the error itself if the invocation fails.
    #[allow(private_interfaces)]
    fn of_error(error: Error, _event: &RawEvent) -> Result<Self> {
        Err(error)
    }

    /// Reads an answer from JSON. `kept` is the typed answer from which the JSON was made before it was changed.
    fn from_json(json: Value, kept: Option<Self>) -> Result<Self>;
}

/// The error of an invocation that failed: an `Err`, or over HTTP a 5xx response that was made from an error.
pub(crate) fn failure<R: EventAnswer>(outcome: &Result<R>) -> Option<&Error> {
    match outcome {
        Err(error) => Some(error),
        Ok(answer) => answer.error().filter(|_| answer.status().is_some_and(|status| status >= 500)),
    }
}

impl EventAnswer for Value {
    #[inline]
    #[allow(private_interfaces)]
    fn into_bytes(self, _event: &RawEvent) -> Result<Bytes> {
        Ok(serde_json::to_vec(&self)?.into())
    }

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
    /// The form for WebSocket events. The app writes the answer to a request in the format of its front end.
    #[inline]
    #[allow(private_interfaces)]
    fn into_bytes(self, _event: &RawEvent) -> Result<Bytes> {
        encode_websocket(self)
    }

    fn of_response(response: Response) -> Option<Self> {
        Some(response)
    }

    /// A view error at `$connect` becomes a response, because the client waits for the answer to its handshake.
    #[inline]
    #[allow(private_interfaces)]
    fn of_error(error: Error, event: &RawEvent) -> Result<Self> {
        let is_handshake =
            || event.value().is_ok_and(|event| event["requestContext"]["routeKey"] == "$connect");
        if error.view().is_some() && is_handshake() { Ok(error.into_response()) } else { Err(error) }
    }

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
    #[allow(private_interfaces)]
    fn into_bytes(self, event: &RawEvent) -> Result<Bytes> {
        Ok(serde_json::to_vec(&self.to_json(&event.value()?)?)?.into())
    }

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
    fn of_response(response: Response) -> Option<Self> {
        Some(AnyResponse::Http(response))
    }

    #[inline]
    #[allow(private_interfaces)]
    fn into_bytes(self, event: &RawEvent) -> Result<Bytes> {
        match self {
            AnyResponse::Http(response) => response.into_bytes(event),
            AnyResponse::Json(value) => value.into_bytes(event),
        }
    }

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
