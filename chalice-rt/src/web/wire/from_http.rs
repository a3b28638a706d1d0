//! A request of this process as the event of a function URL (payload format 2.0). The event is written for code that
//! reads it. The request is made from the same values.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{COOKIE, USER_AGENT};
use http::request::Parts;
use serde::Serialize;

use super::build::build;
use super::schema::{Document, HttpContext, RequestContext};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::raw_event::RawEvent;
use crate::web::request::Request;

/// Makes the request and its event as they would be on Lambda, without reading the event.
///
/// # Errors
/// The value of a header is not text, so JSON cannot carry it.
#[inline]
pub(crate) fn url_request(
    parts: &Parts,
    body: &Bytes,
    peer: Option<&str>,
    context: Context,
) -> Result<Request> {
    let event = UrlEvent::of(parts, body, peer)?;
    let json = event.json(&context.request_id);
    build(event.into_document(), RawEvent::parsed(json), context)
}

/// The values of the event.
struct UrlEvent<'a> {
    parts: &'a Parts,
    query: &'a str,
    headers: BTreeMap<&'a str, Cow<'a, str>>,
    cookies: Option<Vec<&'a str>>,
    peer: Option<&'a str>,
    body: Option<Cow<'a, str>>,
    is_base64_encoded: bool,
}

impl<'a> UrlEvent<'a> {
    #[inline]
    fn of(parts: &'a Parts, body: &'a Bytes, peer: Option<&'a str>) -> Result<Self> {
        let (body, is_base64_encoded) = text_of(body);
        Ok(UrlEvent {
            parts,
            query: parts.uri.query().unwrap_or_default(),
            headers: headers(&parts.headers)?,
            cookies: Some(cookies(&parts.headers)?).filter(|cookies| !cookies.is_empty()),
            peer,
            body,
            is_base64_encoded,
        })
    }

    #[inline]
    fn json(&self, request_id: &str) -> Bytes {
        let path = self.parts.uri.path();
        let user_agent = self.parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let mut event = Json(Vec::with_capacity(1024 + self.body.as_ref().map_or(0, |body| body.len())));
        event.put(r#"{"version":"2.0","routeKey":"$default","rawPath":"#, path);
        event.put(r#","rawQueryString":"#, self.query);
        event.put_some(r#","cookies":"#, self.cookies.as_ref());
        event.put(r#","headers":"#, &self.headers);
        event.put(REQUEST_CONTEXT, self.parts.method.as_str());
        event.put(r#","path":"#, path);
        event.put(r#","protocol":"#, "HTTP/1.1");
        event.put_some(r#","sourceIp":"#, self.peer);
        event.put_some(r#","userAgent":"#, user_agent);
        event.put(r#"},"routeKey":"$default","stage":"$default","requestId":"#, request_id);
        event.put(r#","timeEpoch":"#, milliseconds_since_epoch());
        event.put(r#"},"isBase64Encoded":"#, self.is_base64_encoded);
        event.put_some(r#","body":"#, self.body.as_ref());
        event.0.push(b'}');
        event.0.into()
    }

    /// The document that reading the JSON would give.
    #[inline]
    fn into_document(self) -> Document<'a> {
        let text = |text: &'a str| Some(Cow::Borrowed(text));
        let header = |(name, value): (&'a str, _)| (name.into(), value);
        let http = HttpContext {
            method: text(self.parts.method.as_str()),
            path: text(self.parts.uri.path()),
            source_ip: self.peer.and_then(text),
        };
        Document {
            version: text("2.0"),
            route_key: text("$default"),
            raw_path: text(self.parts.uri.path()),
            raw_query_string: text(self.query),
            cookies: self.cookies.map(|all| all.into_iter().map(Cow::Borrowed).collect()),
            headers: Some(self.headers.into_iter().map(header).collect()),
            context: RequestContext {
                api_id: true,
                domain_name: text(DOMAIN),
                stage: text("$default"),
                http: Some(http),
                ..RequestContext::default()
            },
            body: self.body,
            is_base64_encoded: Some(self.is_base64_encoded),
            ..Document::default()
        }
    }
}

const DOMAIN: &str = "local.lambda-url.local.on.aws";

const REQUEST_CONTEXT: &str = r#","requestContext":{"accountId":"anonymous","apiId":"local","domainName":"local.lambda-url.local.on.aws","domainPrefix":"local","http":{"method":"#;

/// JSON that is written piece by piece: constant text, with values between.
struct Json(Vec<u8>);

impl Json {
    fn put(&mut self, before: &str, value: impl Serialize) {
        self.0.extend_from_slice(before.as_bytes());
        // Serializing strings and numbers to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.0, &value);
    }

    fn put_some(&mut self, before: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.put(before, value);
        }
    }
}

#[inline]
fn text_of(body: &Bytes) -> (Option<Cow<'_, str>>, bool) {
    match std::str::from_utf8(body) {
        Ok("") => (None, false),
        Ok(text) => (Some(Cow::Borrowed(text)), false),
        Err(_) => (Some(Cow::Owned(STANDARD.encode(body))), true),
    }
}

/// The cookies, which are separate from the headers.
#[inline]
fn cookies(headers: &HeaderMap) -> Result<Vec<&str>> {
    let mut cookies = Vec::new();
    for value in headers.get_all(COOKIE) {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| no_text(COOKIE.as_str()))?;
        cookies.extend(value.split(';').map(str::trim).filter(|cookie| !cookie.is_empty()));
    }
    Ok(cookies)
}

/// The headers by name. Several values are joined by commas.
#[inline]
fn headers(headers: &HeaderMap) -> Result<BTreeMap<&str, Cow<'_, str>>> {
    let mut joined: BTreeMap<&str, Cow<'_, str>> = BTreeMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| *name != COOKIE) {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| no_text(name.as_str()))?;
        joined
            .entry(name.as_str())
            .and_modify(|known| {
                let known = known.to_mut();
                known.push(',');
                known.push_str(value);
            })
            .or_insert(Cow::Borrowed(value));
    }
    Ok(joined)
}

#[inline]
fn no_text(name: &str) -> Error {
    format!("the header `{name}` is not UTF-8").into()
}

#[inline]
fn milliseconds_since_epoch() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use http::Request;
    use serde_json::Value;

    use super::*;
    use crate::json::Scan;

    fn encoded(request: Request<&'static [u8]>) -> Value {
        let (parts, body) = request.into_parts();
        let body = Bytes::from_static(body);
        let event = UrlEvent::of(&parts, &body, Some("127.0.0.1")).expect("an event");
        let json = event.json("1");
        let read = Document::scan(&mut Scan::new(str::from_utf8(&json).expect("text")));
        assert_eq!(format!("{:?}", Some(event.into_document())), format!("{read:?}"), "they tell the same");
        serde_json::from_slice(&json).expect("JSON")
    }

    #[test]
    fn a_request_is_what_a_function_url_makes_of_it() {
        let request = Request::put("/a%20b?x=1&x=%32")
            .header("x-one", "1")
            .header("x-one", "2")
            .header("cookie", "a=1; b=2")
            .body(&b"{}"[..]);
        let event = encoded(request.expect("a request"));
        assert_eq!(event["rawPath"], "/a%20b");
        assert_eq!(event["rawQueryString"], "x=1&x=%32");
        assert_eq!(event["headers"], serde_json::json!({"x-one": "1,2"}));
        assert_eq!(event["cookies"], serde_json::json!(["a=1", "b=2"]));
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&"{}".into(), &false.into()));
        assert_eq!(event["requestContext"]["http"]["method"], "PUT");
    }

    #[test]
    fn bytes_that_are_no_text_travel_as_base64() {
        let event = encoded(Request::post("/").body(&b"\xff\x00"[..]).expect("a request"));
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&"/wA=".into(), &true.into()));
    }
}
