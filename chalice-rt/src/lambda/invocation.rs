//! An invocation as the Runtime API sends it: the event, and the context in headers.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::api_error::ApiError;
use super::function::Function;
use crate::context::Context;

/// Newer versions of Lambda send this id besides the request id, and require it with the answer.
const INVOCATION_ID: HeaderName = HeaderName::from_static("lambda-runtime-invocation-id");

// Constants, because a name given as text is parsed at every look-up.
const REQUEST_ID: HeaderName = HeaderName::from_static("lambda-runtime-aws-request-id");
const FUNCTION_ARN: HeaderName = HeaderName::from_static("lambda-runtime-invoked-function-arn");
const TRACE_ID: HeaderName = HeaderName::from_static("lambda-runtime-trace-id");
const CLIENT_CONTEXT: HeaderName = HeaderName::from_static("lambda-runtime-client-context");
const IDENTITY: HeaderName = HeaderName::from_static("lambda-runtime-cognito-identity");
const TENANT_ID: HeaderName = HeaderName::from_static("lambda-runtime-aws-tenant-id");
const DEADLINE: HeaderName = HeaderName::from_static("lambda-runtime-deadline-ms");

/// One invocation.
pub(super) struct Invocation {
    pub(super) headers: HeaderMap,
    pub(super) event: Bytes,
}

impl Invocation {
    /// The id for sending the answer.
    pub(super) fn id(&self) -> Result<String, ApiError> {
        request_id(&self.headers)
            .ok_or_else(|| ApiError::Malformed("it sent an invocation without a request id".to_owned()))
    }

    /// The headers that Lambda requires with the answer.
    pub(super) fn echoed(&self) -> Vec<(HeaderName, HeaderValue)> {
        let id = self.headers.get(INVOCATION_ID).cloned();
        id.map(|id| (INVOCATION_ID, id)).into_iter().collect()
    }

    /// The context of the event.
    pub(super) fn context(&self, function: &Function) -> Context {
        Context {
            request_id: self.text(&REQUEST_ID).unwrap_or_default(),
            deadline: self.deadline(),
            invoked_function_arn: self.text(&FUNCTION_ARN).unwrap_or_default(),
            function_name: function.name.clone(),
            function_version: function.version.clone(),
            memory_limit_in_mb: function.memory,
            xray_trace_id: self.text(&TRACE_ID),
            client_context: self.json(&CLIENT_CONTEXT),
            identity: self.json(&IDENTITY),
            tenant_id: self.text(&TENANT_ID),
            ..Context::default()
        }
    }

    fn deadline(&self) -> SystemTime {
        let milliseconds = self.headers.get(&DEADLINE).and_then(|value| value.to_str().ok()?.parse().ok());
        let since = Duration::from_millis(milliseconds.unwrap_or(0));
        SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    fn text(&self, name: &HeaderName) -> Option<String> {
        text(&self.headers, name)
    }

    fn json(&self, name: &HeaderName) -> Option<Value> {
        let value = self.headers.get(name).filter(|value| !value.is_empty())?;
        let parsed = serde_json::from_slice(value.as_bytes());
        // Only mobile SDKs send these. A malformed one does not fail the invocation.
        parsed.inspect_err(|_| tracing::warn!("the header {name} is not JSON")).ok()
    }
}

/// The request id among the headers of an invocation.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    text(headers, &REQUEST_ID).filter(|id| !id.is_empty())
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(value.to_str().map_or_else(|_| String::from_utf8_lossy(value.as_bytes()).into(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invocation(headers: &[(&'static str, &'static str)]) -> Invocation {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Invocation { headers: headers.collect(), event: Bytes::new() }
    }

    #[test]
    fn the_context_is_read_from_the_headers() {
        let invocation = invocation(&[
            ("lambda-runtime-aws-request-id", "8476"),
            ("lambda-runtime-deadline-ms", "1500"),
            ("lambda-runtime-client-context", r#"{"client":{"app_title":"x"}}"#),
            ("lambda-runtime-cognito-identity", "{"),
            ("lambda-runtime-aws-tenant-id", "blue"),
        ]);
        let function = Function { name: "f".to_owned(), version: "1".to_owned(), memory: 128 };
        let context = invocation.context(&function);
        assert_eq!(context.request_id, "8476");
        assert_eq!(context.deadline, SystemTime::UNIX_EPOCH + Duration::from_millis(1500));
        assert_eq!(context.client_context.map(|value| value["client"]["app_title"] == "x"), Some(true));
        assert_eq!((context.identity, context.tenant_id.as_deref()), (None, Some("blue")));
        assert_eq!((context.function_name.as_str(), context.memory_limit_in_mb), ("f", 128));
    }

    #[test]
    fn an_invocation_without_an_id_cannot_be_answered() {
        assert!(invocation(&[]).id().is_err());
        assert!(
            invocation(&[("lambda-runtime-deadline-ms", "99999999999999999999")]).deadline()
                == SystemTime::UNIX_EPOCH
        );
    }
}
