//! Reads and writes the response format of Lambda functions, which converted layers see: `{"statusCode", "headers",
//! "multiValueHeaders", "body", "isBase64Encoded"}`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{BodyText, Headers, MultiHeaders};
use crate::error::Result;
use crate::json::json_fault;
use crate::web::response::Response;

impl Response {
    /// The JSON of the response.
    #[inline]
    pub(crate) fn to_json(&self) -> Value {
        let base64 = str::from_utf8(self.body()).is_err();
        json!({
            "statusCode": self.status().as_u16(),
            "headers": Headers::Once(self.headers()),
            "multiValueHeaders": MultiHeaders::Several(self.headers()),
            "body": BodyText { body: self.body(), base64 },
            "isBase64Encoded": base64,
        })
    }

    /// Reads a response. JSON without a status is the body of a 200, as for API Gateway. A changed response keeps its
    /// extensions, and its error if the status is unchanged.
    #[inline]
    pub(crate) fn from_json(json: Value, kept: Option<Self>) -> Result<Self> {
        if json.get("statusCode").is_none() {
            return Ok(Response::new(json));
        }
        let told: ResponseDocument =
            serde_json::from_value(json).map_err(|error| unreadable(&json_fault(&error)))?;
        Ok(Response::from(told.response()?).keeping(kept))
    }
}

/// Reads the answer to a request.
///
/// # Errors
/// The JSON is not a response. The text says why.
#[inline]
pub(crate) fn read_response(json: &[u8]) -> Result<http::Response<Bytes>> {
    let told: ResponseDocument =
        serde_json::from_slice(json).map_err(|error| unreadable(&json_fault(&error)))?;
    told.response()
}

#[inline]
fn unreadable(fault: &str) -> crate::error::Error {
    format!("the answer to an HTTP event is JSON that is no response: {fault}").into()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResponseDocument {
    status_code: u16,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
    #[serde(default)]
    multi_value_headers: Option<Map<String, Value>>,
    #[serde(default)]
    cookies: Option<Vec<String>>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    is_base64_encoded: bool,
}

impl ResponseDocument {
    #[inline]
    fn response(self) -> Result<http::Response<Bytes>> {
        let status =
            StatusCode::from_u16(self.status_code).map_err(|_| unreadable("`statusCode` is no status"))?;
        let headers = self.headers()?;
        let mut response = http::Response::new(self.body()?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    #[inline]
    fn body(self) -> Result<Bytes> {
        match self.body {
            Value::Null => Ok(Bytes::new()),
            Value::String(text) if self.is_base64_encoded => {
                STANDARD.decode(text).map(Bytes::from).map_err(|_| unreadable("`body` is not base64"))
            }
            Value::String(text) => Ok(Bytes::from(text)),
            other => Ok(serde_json::to_vec(&other)?.into()),
        }
    }

    /// The headers. A name in both objects has the values of the list, as for API Gateway.
    #[inline]
    fn headers(&self) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter().flatten() {
            // For a load balancer, several cookies are under several spellings of the name.
            headers.append(header_name(name)?, header_value(name, value)?);
        }
        for (name, values) in self.multi_value_headers.iter().flatten() {
            let header = header_name(name)?;
            headers.remove(&header);
            for value in values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice) {
                headers.append(header.clone(), header_value(name, value)?);
            }
        }
        for cookie in self.cookies.iter().flatten() {
            headers.append(http::header::SET_COOKIE, header_value("set-cookie", &cookie.as_str().into())?);
        }
        Ok(headers)
    }
}

#[inline]
fn header_name(name: &str) -> Result<HeaderName> {
    let bad = |_| unreadable(&format!("`{}` cannot be the name of a header", name.escape_debug()));
    name.parse().map_err(bad)
}

#[inline]
fn header_value(name: &str, value: &Value) -> Result<HeaderValue> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(unreadable(&format!("the header `{}` is no text", name.escape_debug()))),
    };
    let bad =
        |_| unreadable(&format!("the header `{}` has a value that no header can have", name.escape_debug()));
    text.try_into().map_err(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(response: &Response) -> Response {
        Response::from_json(response.to_json(), None).expect("a response")
    }

    #[test]
    fn a_response_comes_back_from_its_json() {
        let response =
            Response::new("hi").append_header("set-cookie", "a=1").append_header("set-cookie", "b=2");
        let same = again(&response);
        assert_eq!(
            (same.status(), same.headers(), same.body()),
            (response.status(), response.headers(), response.body())
        );
        let bytes = Response::new(vec![0xff_u8, 0]);
        assert_eq!(again(&bytes).body(), bytes.body());
    }

    #[test]
    fn json_without_a_status_is_a_body() {
        let response = Response::from_json(json!({"a": 1}), None).expect("a response");
        assert_eq!((response.status().as_u16(), response.text().as_ref()), (200, r#"{"a":1}"#));
    }

    #[test]
    fn what_no_response_can_be_is_an_error_without_values() {
        let wrong = |json| Response::from_json(json, None).expect_err("no response").to_string();
        assert!(wrong(json!({"statusCode": 99})).contains("statusCode"));
        let text = wrong(json!({"statusCode": 200, "headers": {"a": "secret\n"}}));
        assert!(text.contains("`a`") && !text.contains("secret"));
    }
}
