//! The answer of the app as an HTTP response.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body_util::Full;
use serde::{Deserialize, Serialize};

/// What the server sends.
pub(super) type Answer = Response<Full<Bytes>>;

/// The server's own answer, in the shape that the errors of an app have.
pub(super) fn refusal(status: StatusCode, code: &str, message: &str) -> Answer {
    json(status, &serde_json::json!({"Code": code, "Message": message}))
}

/// An answer of JSON.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    // What the server itself says is text, which always serialises.
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// Reads what the app gave for a function URL. `Err` says what is wrong with it.
pub(super) fn decode(bytes: &[u8]) -> Result<Answer, String> {
    let told: Told = serde_json::from_slice(bytes).map_err(|error| crate::error::json_fault(&error))?;
    let mut answer = Response::new(Full::new(told.bytes()?));
    *answer.status_mut() = StatusCode::from_u16(told.status_code).map_err(|error| error.to_string())?;
    for (name, value) in told.headers.iter().filter(|(name, _)| !is_of_the_connection(name)) {
        answer.headers_mut().insert(header_name(name)?, header_value(name, value)?);
    }
    for cookie in &told.cookies {
        answer.headers_mut().append(SET_COOKIE, header_value("set-cookie", cookie)?);
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    status_code: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    cookies: Vec<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

impl Told {
    fn bytes(&self) -> Result<Bytes, String> {
        let body = self.body.as_deref().unwrap_or_default();
        if self.is_base64_encoded {
            return STANDARD.decode(body).map(Bytes::from).map_err(|_| "the body is no base64".to_owned());
        }
        Ok(Bytes::copy_from_slice(body.as_bytes()))
    }
}

/// Headers that the server sets itself, as Lambda does, whatever the app says.
fn is_of_the_connection(name: &str) -> bool {
    ["connection", "content-length", "transfer-encoding"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    name.parse().map_err(|_| format!("`{}` cannot be the name of a header", name.escape_debug()))
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| format!("the header `{name}` has a value that no header can have"))
}
