//! Writes the event of a changed request: the original with the current headers and body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::web::request::Request;

impl Request {
    /// The event of the request with its current values.
    ///
    /// # Errors
    /// The original cannot be read as a value.
    #[inline]
    pub(crate) fn to_json(&self) -> Result<Value> {
        let mut event = self.raw_event().value()?;
        if let Value::Object(members) = &mut event {
            self.write_headers(members);
            self.write_body(members);
        }
        Ok(event)
    }

    /// Writes the headers if they may have been changed.
    #[inline]
    fn write_headers(&self, members: &mut Map<String, Value>) {
        let Some(headers) = self.0.headers.changed() else { return };
        let (mut single, mut multi) = (Map::new(), Map::new());
        for name in headers.keys() {
            let values: Vec<_> =
                headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            single.insert(name.to_string(), json!(values.join(",")));
            multi.insert(name.to_string(), json!(values));
        }
        if self.0.front_end.lists_cookies {
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
