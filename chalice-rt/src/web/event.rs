//! `Request` as an event.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::request::Request;
use super::response::Response;
use crate::context::Context;
use crate::error::Result;
use crate::event::{AnyEvent, AnyResponse, Event, EventInternal, Original};
use crate::kind::Kind;

impl Event for Request {
    type Response = Response;

    fn kind(&self) -> Kind {
        Kind::Http
    }

    fn context(&self) -> &Context {
        &self.0.context
    }

    fn original(&self) -> &RawValue {
        self.0.original.raw()
    }
}

impl EventInternal for Request {
    type Answer = Response;

    #[allow(private_interfaces)]
    fn decode(original: Original, context: Context) -> Result<Self> {
        super::decode::decode(original, context)
    }

    fn context_mut(&mut self) -> &mut Context {
        &mut Arc::make_mut(&mut self.0).context
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        let mut event = self.0.original.value()?;
        if let Value::Object(members) = &mut event {
            self.write_headers(members);
            self.write_body(members);
        }
        Ok(event)
    }

    #[inline]
    fn rewritten(&self, event: &Value, context: Context) -> Result<Self> {
        Ok(Self::decode(Original::of(event)?, context)?.routed_as(self))
    }

    fn into_any(self) -> AnyEvent {
        AnyEvent::Http(self)
    }

    fn from_any(event: AnyEvent) -> Result<Self> {
        match event {
            AnyEvent::Http(request) => Ok(request),
            other => Err(format!(
                "an http event arrived, so one must be passed on, not one of kind {}",
                other.kind()
            )
            .into()),
        }
    }

    fn answer_into_any(answer: Response) -> AnyResponse {
        AnyResponse::Http(answer)
    }

    fn answer_from_any(answer: AnyResponse) -> Result<Response> {
        match answer {
            AnyResponse::Http(response) => Ok(response),
            AnyResponse::Json(value) => Ok(Response::new(value)),
        }
    }
}

impl Request {
    /// Headers that somebody has changed; payload 2.0 lists the cookies apart.
    #[inline]
    fn write_headers(&self, members: &mut Map<String, Value>) {
        let Some(headers) = self.0.fields.changed() else { return };
        let (mut single, mut multi) = (Map::new(), Map::new());
        for name in headers.keys() {
            let values: Vec<_> =
                headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            single.insert(name.to_string(), json!(values.join(",")));
            multi.insert(name.to_string(), json!(values));
        }
        if self.0.front_end.is_v2() {
            single.remove("cookie");
            members.insert("cookies".to_owned(), json!(self.cookie_texts()));
        } else {
            members.insert("multiValueHeaders".to_owned(), multi.into());
        }
        members.insert("headers".to_owned(), single.into());
    }

    #[inline]
    fn cookie_texts(&self) -> Vec<String> {
        self.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[inline]
    fn write_body(&self, members: &mut Map<String, Value>) {
        if !self.0.body_changed {
            return;
        }
        let text = str::from_utf8(self.body()).ok();
        let body = text.map_or_else(|| STANDARD.encode(self.body()), str::to_owned);
        members.insert("body".to_owned(), body.into());
        members.insert("isBase64Encoded".to_owned(), text.is_none().into());
    }
}
