//! `api_key_required`: refuses requests without an API key that API Gateway has checked.

use serde_json::{Value, json};

use super::{GivenOption, RouteOption};
use crate::chain::{Middleware, Next, Node, middleware_node};
use crate::error::{ForbiddenError, Result};
use crate::web::{Request, Response};

/// `api_key_required = true`
pub fn api_key_required(required: bool) -> GivenOption {
    GivenOption::new(ApiKey { required })
}

#[derive(Debug)]
struct ApiKey {
    required: bool,
}

impl RouteOption for ApiKey {
    fn name(&self) -> &'static str {
        "api_key_required"
    }

    fn setting(&self) -> Value {
        json!(self.required)
    }

    fn guard(&self) -> Option<&'static dyn Node<Request>> {
        self.required.then(|| middleware_node(&CheckedKey))
    }
}

/// Answers 403 unless the request context names an API key. It fails closed: front ends that do not check keys never
/// name one.
struct CheckedKey;

impl Middleware<Request> for CheckedKey {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        let key = request.request_context().pointer("/identity/apiKey").and_then(Value::as_str);
        if key.is_none_or(str::is_empty) {
            return Err(
                ForbiddenError::new("this route needs an API key that the gateway has checked").into()
            );
        }
        next.run(request).await
    }
}
