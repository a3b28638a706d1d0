//! The context of an invocation.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::json::{Hidden, Keys};
use crate::state::StateStore;

/// The longest that Lambda lets an invocation run.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The context of an invocation: its request id, its deadline, and the function.
///
/// Every event has one. It is an extractor for handlers of every kind. The fields are those of [Lambda's context
/// object](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let mut context = Context::default();
/// context.request_id = "8476a536".to_owned();
/// assert!(context.remaining_time().is_zero());
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Context {
    /// The request id of the invocation.
    pub request_id: String,
    /// The time at which Lambda ends the invocation.
    pub deadline: SystemTime,
    /// The ARN that was invoked, with the version or alias if the caller named one.
    pub invoked_function_arn: String,
    /// The name of the function.
    pub function_name: String,
    /// The version of the function.
    pub function_version: String,
    /// The configured memory of the function, in MB.
    pub memory_limit_in_mb: u32,
    /// The X-Ray trace header, if the invocation is traced.
    pub xray_trace_id: Option<String>,
    /// The client context of a mobile SDK.
    pub client_context: Option<Value>,
    /// The Cognito identity of a mobile SDK's caller.
    pub identity: Option<Value>,
    /// The tenant id, for functions with tenant isolation.
    pub tenant_id: Option<String>,
    /// The managed values of the app that serves the invocation.
    pub(crate) states: Option<&'static StateStore>,
    /// The name of the handler that the event is for.
    pub(crate) handler: Option<&'static str>,
    /// Whether there is no middleware around the handler, so that the event is unchanged.
    pub(crate) alone: bool,
    /// Set when a traced middleware runs the rest of its chain.
    pub(crate) passed: Option<Arc<AtomicBool>>,
}

impl fmt::Debug for Context {
    /// Shows only names and sizes of the caller's values: the client context, the identity, the tenant.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("request_id", &self.request_id)
            .field("deadline", &self.deadline)
            .field("invoked_function_arn", &self.invoked_function_arn)
            .field("function_name", &self.function_name)
            .field("function_version", &self.function_version)
            .field("memory_limit_in_mb", &self.memory_limit_in_mb)
            .field("xray_trace_id", &self.xray_trace_id)
            .field("client_context", &self.client_context.as_ref().map(Keys))
            .field("identity", &self.identity.as_ref().map(Keys))
            .field("tenant_id", &self.tenant_id.as_ref().map(|id| Hidden(id.len())))
            .finish_non_exhaustive()
    }
}

impl Default for Context {
    /// An empty context, whose deadline has passed.
    fn default() -> Self {
        Context {
            request_id: String::new(),
            deadline: SystemTime::UNIX_EPOCH,
            invoked_function_arn: String::new(),
            function_name: String::new(),
            function_version: String::new(),
            memory_limit_in_mb: 0,
            xray_trace_id: None,
            client_context: None,
            identity: None,
            tenant_id: None,
            states: None,
            handler: None,
            alone: false,
            passed: None,
        }
    }
}

impl Context {
    /// A context of an invocation that does not come from Lambda.
    pub(crate) fn off_lambda(function_name: &str, request_id: String) -> Self {
        Context {
            request_id,
            deadline: SystemTime::now() + LONGEST,
            invoked_function_arn: format!("arn:aws:lambda:local:000000000000:function:{function_name}"),
            function_name: function_name.to_owned(),
            function_version: "$LATEST".to_owned(),
            memory_limit_in_mb: 128,
            ..Context::default()
        }
    }

    /// The time left until the deadline. Zero once it has passed.
    pub fn remaining_time(&self) -> Duration {
        self.deadline.duration_since(SystemTime::now()).unwrap_or_default()
    }
}
