//! The event of WebSocket APIs: a client connects, sends a message, disconnects.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::describe::quoted;
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source};
use super::wire::{self, child, missing, put, unfit};
use super::{Event, EventInternal, RawEvent, Websocket};
use crate::context::Context;
use crate::error::{BadRequestError, Result, UnprocessableEntityError};
use crate::json::{FaultKind, Hidden, read_json};
use crate::kind::Kind;
use crate::web::Response;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape =
    Shape::new(Marks::Websocket, "a WebSocket event (`requestContext.connectionId`)");

const WHAT: &str = "WebSocket event";

/// An event of a WebSocket API of API Gateway.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[on_ws_message]
/// async fn message(event: WebsocketEvent) -> Result<()> {
///     let message: Value = event.json_body()?;
///     tracing::info!(from = event.connection_id, action = message["action"].as_str(), "message");
///     Ok(())
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct WebsocketEvent {
    /// The id of the connection.
    pub connection_id: String,
    /// The domain of the API.
    pub domain_name: String,
    /// The stage of the API.
    pub stage: String,
    /// The route key: `$connect`, `$disconnect`, `$default`, or a custom one.
    pub route_key: String,
    /// The message. Empty if there is none. A message that is not text stays in base64, see `is_base64_encoded`.
    pub body: String,
    /// Whether `body` is base64, because the message is not text.
    pub is_base64_encoded: bool,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    request_context: Option<RequestContext>,
    body: Option<String>,
    is_base64_encoded: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext {
    connection_id: Option<String>,
    domain_name: Option<String>,
    stage: Option<String>,
    route_key: Option<String>,
}

impl WebsocketEvent {
    /// Reads the message as JSON.
    ///
    /// # Errors
    /// [`BadRequestError`] if the message is not JSON, [`UnprocessableEntityError`] if it does not fit `T`.
    pub fn json_body<T: DeserializeOwned>(&self) -> Result<T> {
        read_json(self.body.as_bytes()).map_err(|fault| match fault.kind {
            FaultKind::Shape => UnprocessableEntityError::new(fault.sentence("the message")).into(),
            FaultKind::Malformed | FaultKind::TooMuch => {
                BadRequestError::new(fault.sentence("the message")).into()
            }
        })
    }
}

/// The message as text if it is UTF-8, else as it arrived, and whether it is still base64.
#[inline]
fn message(document: &mut Document) -> Result<(String, bool)> {
    let body = document.body.take().unwrap_or_default();
    if document.is_base64_encoded != Some(true) {
        return Ok((body, false));
    }
    let bytes = STANDARD.decode(&body).map_err(|_| unfit(WHAT, "body", "it is not base64"))?;
    Ok(String::from_utf8(bytes).map_or((body, true), |text| (text, false)))
}

impl Event for WebsocketEvent {
    type Response = Response;

    fn kind(&self) -> Kind {
        Kind::Websocket
    }

    fn context(&self) -> &Context {
        &self.context
    }

    fn original(&self) -> &RawValue {
        self.original.raw()
    }
}

impl EventInternal for WebsocketEvent {
    type Answer = Response;

    #[allow(private_interfaces)]
    #[inline]
    fn decode(original: RawEvent, context: Context) -> Result<Self> {
        let mut document: Document = wire::parse(&original, WHAT)?;
        let (body, is_base64_encoded) = message(&mut document)?;
        let from = document.request_context.ok_or_else(|| missing(WHAT, "requestContext"))?;
        Ok(WebsocketEvent {
            connection_id: from.connection_id.ok_or_else(|| missing(WHAT, "requestContext.connectionId"))?,
            domain_name: from.domain_name.unwrap_or_default(),
            stage: from.stage.unwrap_or_default(),
            route_key: from.route_key.unwrap_or_default(),
            body,
            is_base64_encoded,
            context,
            original,
        })
    }

    fn context_mut(&mut self) -> &mut Context {
        &mut self.context
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        let mut document = self.original.value()?;
        let mut old: Document = wire::parse(&self.original, WHAT)?;
        let from = child(&mut document, "requestContext");
        put(from, "connectionId", self.connection_id.clone());
        put(from, "domainName", self.domain_name.clone());
        put(from, "stage", self.stage.clone());
        put(from, "routeKey", self.route_key.clone());
        if message(&mut old)? != (self.body.clone(), self.is_base64_encoded) {
            put(&mut document, "body", self.body.clone());
            put(&mut document, "isBase64Encoded", self.is_base64_encoded);
        }
        Ok(document)
    }

    #[inline]
    fn moved(&mut self) -> Self {
        std::mem::take(self)
    }
}

impl fmt::Debug for WebsocketEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebsocketEvent")
            .field("connection_id", &self.connection_id)
            .field("domain_name", &self.domain_name)
            .field("stage", &self.stage)
            .field("route_key", &self.route_key)
            .field("body", &Hidden(self.body.len()))
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// The binding of a handler: a route key.
#[derive(Debug)]
pub struct RouteKey(pub &'static str);

impl EventBinding for RouteKey {
    type Source = Websocket;

    fn describe(&self) -> String {
        format!("route `{}`", self.0)
    }

    fn settings(&self) -> Value {
        json!({ "route_key": self.0 })
    }

    fn sole(&self) -> Option<String> {
        Some(format!("the WebSocket's `{}`", self.0))
    }
}

impl Source for Websocket {
    type Binding = RouteKey;
    type Record = NoRecord;

    #[inline]
    fn fits(event: &WebsocketEvent) -> impl Fn(&RouteKey, &str) -> Fit {
        let route = match event.route_key.as_str() {
            key @ ("$connect" | "$disconnect") => key,
            _ => "$default",
        };
        move |RouteKey(key), _| Fit::when(*key == route)
    }

    #[inline]
    fn origin(event: &WebsocketEvent) -> String {
        format!("a WebSocket event of route {}", quoted(&event.route_key))
    }
}
