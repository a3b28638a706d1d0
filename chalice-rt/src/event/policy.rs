//! IAM policies for API Gateway: what a caller may do. Anything invalid denies everything.

use serde_json::{Map, Value, json};

use super::AuthRoute;

/// The decision of an authorizer.
#[derive(Debug, Clone)]
pub(super) enum Grant {
    /// Allows these routes only. An empty list denies everything.
    Routes(Vec<AuthRoute>),
    /// The policy document as given.
    Policy(Value),
}

impl Grant {
    /// The document for API Gateway.
    #[inline]
    pub(super) fn document(&self, principal_id: &str, context: &Value, method_arn: &str) -> Value {
        match self {
            Grant::Policy(document) => with_context(document.clone(), context),
            Grant::Routes(routes) => {
                let context = if context.is_object() { context.clone() } else { Map::new().into() };
                json!({
                    "context": context,
                    "principalId": principal_id,
                    "policyDocument": {"Version": "2012-10-17", "Statement": [statement(routes, method_arn)]},
                })
            }
        }
    }
}

#[inline]
fn with_context(mut document: Value, context: &Value) -> Value {
    if context.is_object() {
        document["context"] = context.clone();
    }
    document
}

#[inline]
fn statement(routes: &[AuthRoute], method_arn: &str) -> Value {
    let Some(api) = api_of(method_arn) else { return said("Deny", &["*".to_owned()]) };
    let resources: Vec<_> = routes.iter().flat_map(|route| resources(route, &api)).collect();
    if resources.is_empty() {
        // API Gateway answers 500 to a policy without resources. A denial must name one to give a 403.
        return said("Deny", &[format!("{api}/*/*")]);
    }
    said("Allow", &resources)
}

#[inline]
fn said(effect: &str, resources: &[String]) -> Value {
    json!({"Action": "execute-api:Invoke", "Effect": effect, "Resource": resources})
}

/// The ARN up to the stage: `arn:aws:execute-api:us-west-2:123:rest/dev` of `../dev/GET/needs/auth`.
#[inline]
fn api_of(method_arn: &str) -> Option<String> {
    let mut parts = method_arn.splitn(6, ':');
    let head: Vec<_> = parts.by_ref().take(5).collect();
    let mut resource = parts.next()?.split('/');
    let (api, stage) = (resource.next()?, resource.next()?);
    if head[0] != "arn" || api.is_empty() || stage.is_empty() {
        return None;
    }
    Some(format!("{}:{api}/{stage}", head.join(":")))
}

#[inline]
fn resources(route: &AuthRoute, api: &str) -> Vec<String> {
    let path = route.path.strip_prefix('/').unwrap_or(&route.path);
    route.methods.iter().map(|method| format!("{api}/{method}/{path}")).collect()
}

/// Whether a document is a valid policy for API Gateway.
#[inline]
pub(super) fn is_valid(document: &Value) -> bool {
    let statements = match &document["policyDocument"]["Statement"] {
        Value::Array(statements) => statements.as_slice(),
        one @ Value::Object(_) => std::slice::from_ref(one),
        _ => return false,
    };
    document["principalId"].is_string() && !statements.is_empty() && statements.iter().all(is_statement)
}

#[inline]
fn is_statement(statement: &Value) -> bool {
    let filled = |value: &Value| match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty() && list.iter().all(Value::is_string),
        _ => false,
    };
    matches!(statement["Effect"].as_str(), Some("Allow" | "Deny"))
        && filled(&statement["Action"])
        && filled(&statement["Resource"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{AuthResponse, AuthRoute};
    use super::*;

    const ARN: &str = "arn:aws:execute-api:us-west-2:123:rest/dev/GET/needs/auth";

    fn statement_of(response: &AuthResponse, arn: &str) -> Value {
        response.document(arn)["policyDocument"]["Statement"][0].take()
    }

    fn resources_of(response: &AuthResponse) -> Vec<String> {
        let resources = statement_of(response, ARN)["Resource"].take();
        let resources: Vec<String> = serde_json::from_value(resources).unwrap_or_default();
        resources.iter().map(|arn| arn.replace("arn:aws:execute-api:us-west-2:123:", "")).collect()
    }

    #[test]
    fn routes_become_arns() {
        for (path, arn) in [("*", "*"), ("/", ""), ("/a", "a"), ("/a/*", "a/*"), ("a", "a")] {
            assert_eq!(resources_of(&AuthResponse::new([path], "x")), [format!("rest/dev/*/{arn}")]);
        }
        let routes = [AuthRoute::new("/a/b", ["get", "POST"]), AuthRoute::new("*", ["GET"])];
        assert_eq!(
            resources_of(&AuthResponse::new(routes, "x")),
            ["rest/dev/GET/a/b", "rest/dev/POST/a/b", "rest/dev/GET/*"]
        );
    }

    #[test]
    fn whatever_allows_nothing_denies() {
        let none = AuthRoute::new("/x", AuthResponse::ALL_HTTP_METHODS.into_iter().take(0));
        for response in [
            AuthResponse::deny("x"),
            AuthResponse::new([none], "x"),
            AuthResponse::new(["*"], "x").with_context(json!("role")),
            AuthResponse::from(json!({"principalId": "x"})),
            AuthResponse::from(json!(null)),
        ] {
            let statement = statement_of(&response, ARN);
            assert_eq!(statement["Effect"], "Deny");
            assert_eq!(statement["Resource"], json!(["arn:aws:execute-api:us-west-2:123:rest/dev/*/*"]));
        }
        assert_eq!(statement_of(&AuthResponse::new(["*"], "x"), "no:arn")["Effect"], "Deny");
    }

    #[test]
    fn a_valid_document_passes_as_it_is() {
        let document = AuthResponse::new(["/a"], "x").with_context(json!({"n": 1})).document(ARN);
        assert_eq!(document["context"], json!({"n": 1}));
        assert_eq!(AuthResponse::from(document.clone()).document(ARN), document);
    }
}
