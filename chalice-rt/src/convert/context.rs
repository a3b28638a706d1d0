//! Converts a context to the one of `lambda_runtime`, and back.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::context::Context;

/// The context for a layer over Lambda events.
#[inline]
pub(crate) fn to_lambda(context: &Context) -> lambda_runtime::Context {
    let mut theirs = lambda_runtime::Context::default();
    theirs.request_id.clone_from(&context.request_id);
    theirs.deadline = milliseconds(context.deadline);
    theirs.invoked_function_arn.clone_from(&context.invoked_function_arn);
    theirs.xray_trace_id.clone_from(&context.xray_trace_id);
    theirs.client_context = typed(context.client_context.as_ref());
    theirs.identity = typed(context.identity.as_ref());
    theirs.tenant_id.clone_from(&context.tenant_id);
    theirs.env_config = Arc::new(config(context));
    theirs
}

/// The context that a layer over Lambda events has passed on. Fields that `lambda_runtime` lacks are taken from
/// `before`.
#[inline]
pub(crate) fn from_lambda(theirs: lambda_runtime::Context, before: &Context) -> Context {
    let deadline = Duration::from_millis(theirs.deadline);
    Context {
        request_id: theirs.request_id,
        deadline: SystemTime::UNIX_EPOCH.checked_add(deadline).unwrap_or(SystemTime::UNIX_EPOCH),
        invoked_function_arn: theirs.invoked_function_arn,
        function_name: theirs.env_config.function_name.clone(),
        function_version: theirs.env_config.version.clone(),
        memory_limit_in_mb: theirs.env_config.memory.try_into().unwrap_or_default(),
        xray_trace_id: theirs.xray_trace_id,
        client_context: untyped(theirs.client_context),
        identity: untyped(theirs.identity),
        tenant_id: theirs.tenant_id,
        ..before.clone()
    }
}

#[inline]
fn milliseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[inline]
fn config(context: &Context) -> lambda_runtime::Config {
    static LOG: OnceLock<[String; 2]> = OnceLock::new();
    let variable = |name| std::env::var(name).unwrap_or_default();
    let [log_stream, log_group] =
        LOG.get_or_init(|| ["AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_LOG_GROUP_NAME"].map(variable));
    lambda_runtime::Config {
        function_name: context.function_name.clone(),
        memory: context.memory_limit_in_mb.try_into().unwrap_or(i32::MAX),
        version: context.function_version.clone(),
        log_stream: log_stream.clone(),
        log_group: log_group.clone(),
    }
}

/// A part that only mobile SDKs send. A shape that `lambda_runtime` does not know becomes `None`.
fn typed<T: DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    T::deserialize(value?).ok()
}

fn untyped<T: Serialize>(value: Option<T>) -> Option<Value> {
    serde_json::to_value(value?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_comes_back_from_theirs() {
        let ours = Context {
            request_id: "8476".to_owned(),
            deadline: SystemTime::UNIX_EPOCH + Duration::from_millis(1500),
            function_name: "f".to_owned(),
            memory_limit_in_mb: 128,
            identity: Some(serde_json::json!({"cognitoIdentityId": "i", "cognitoIdentityPoolId": "p"})),
            ..Context::default()
        };
        let theirs = to_lambda(&ours);
        assert_eq!((theirs.deadline, theirs.env_config.memory), (1500, 128));
        assert_eq!(theirs.identity.as_ref().map(|identity| identity.identity_id.as_str()), Some("i"));
        let again = from_lambda(theirs, &Context::default());
        assert_eq!(
            (again.request_id, again.deadline, again.function_name),
            (ours.request_id, ours.deadline, ours.function_name)
        );
    }
}
