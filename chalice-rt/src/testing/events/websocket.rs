//! Events of WebSocket APIs.

use serde_json::{Map, Value, json};

use super::{EPOCH, Text, becomes_value};

/// Builds an event of a WebSocket API. Made by [`websocket`].
#[derive(Debug, Clone)]
#[must_use]
pub struct WebsocketBuilder {
    route_key: String,
    connection_id: String,
    message: Message,
    stage: String,
    domain_name: String,
    headers: Map<String, Value>,
}

/// The body of a WebSocket event: a text, a [`Value`] as JSON, or none: `()` or `None`.
#[derive(Debug, Clone)]
pub struct Message(Option<String>);

impl<T: Into<Text>> From<T> for Message {
    fn from(text: T) -> Self {
        Message(Some(text.into().0))
    }
}

impl From<()> for Message {
    fn from((): ()) -> Self {
        Message(None)
    }
}

impl From<Option<&str>> for Message {
    fn from(text: Option<&str>) -> Self {
        Message(text.map(str::to_owned))
    }
}

/// An event of a connection. `route_key` is `$connect`, `$disconnect`, `$default` or a custom one. Events of `$connect`
/// and `$disconnect` have no body, so an empty one is left out.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let event = events::websocket("$default", "ABCDEF=", json!({"action": "send"})).build();
/// assert_eq!(event["body"], r#"{"action":"send"}"#);
/// assert!(events::websocket("$connect", "ABCDEF=", "").build()["body"].is_null());
/// ```
pub fn websocket(
    route_key: impl Into<String>,
    connection_id: impl Into<String>,
    body: impl Into<Message>,
) -> WebsocketBuilder {
    WebsocketBuilder {
        route_key: route_key.into(),
        connection_id: connection_id.into(),
        message: body.into(),
        stage: "api".to_owned(),
        domain_name: "abc123.execute-api.us-east-1.amazonaws.com".to_owned(),
        headers: Map::new(),
    }
}

impl WebsocketBuilder {
    /// Sets the stage. Default: `api`.
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.stage = stage.into();
        self
    }

    /// Sets the domain of the API.
    pub fn domain_name(mut self, domain_name: impl Into<String>) -> Self {
        self.domain_name = domain_name.into();
        self
    }

    /// Adds a header, which only `$connect` has.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into().into());
        self
    }

    /// Builds the event.
    pub fn build(self) -> Value {
        let mut event = json!({"requestContext": self.request_context(), "isBase64Encoded": false});
        if self.route_key == "$connect" {
            let mut headers = self.headers;
            headers.entry("Host").or_insert(self.domain_name.into());
            headers.entry("Sec-WebSocket-Version").or_insert("13".into());
            event["multiValueHeaders"] =
                headers.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
            event["headers"] = headers.into();
        }
        if let Some(body) = self.message.0.filter(|body| !(body.is_empty() && is_bare(&self.route_key))) {
            event["body"] = body.into();
        }
        event
    }

    fn request_context(&self) -> Value {
        let event_type = match self.route_key.as_str() {
            "$connect" => "CONNECT",
            "$disconnect" => "DISCONNECT",
            _ => "MESSAGE",
        };
        let mut context = json!({
            "routeKey": self.route_key,
            "eventType": event_type,
            "extendedRequestId": "Hxk7_EXAMPLE",
            "requestTime": "01/Jan/2026:00:00:00 +0000",
            "messageDirection": "IN",
            "stage": self.stage,
            "connectedAt": EPOCH * 1000,
            "requestTimeEpoch": EPOCH * 1000,
            "identity": {"userAgent": "chalice-test-client", "sourceIp": "127.0.0.1"},
            "requestId": "Hxk7EXAMPLE",
            "domainName": self.domain_name,
            "connectionId": self.connection_id,
            "apiId": "abc123",
        });
        if event_type == "MESSAGE" {
            context["messageId"] = "Hxk7fEXAMPLE".into();
        }
        context
    }
}

/// Whether events of this route have no body.
fn is_bare(route_key: &str) -> bool {
    matches!(route_key, "$connect" | "$disconnect")
}

becomes_value!(WebsocketBuilder);
