//! The event of API Gateway's Lambda authorizers, and their answer.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::describe::quoted;
use super::policy::{self, Grant};
use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source};
use super::wire::{self, missing, put};
use super::{Authorizer, Event, EventInternal, RawEvent};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::json::{Hidden, Keys};
use crate::kind::Kind;

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape = Shape::new(
    Marks::Members(&[&["type"], &["methodArn", "routeArn"]]),
    "an authorizer event (`type` and `methodArn`)",
);

const WHAT: &str = "authorizer event";

/// The event of a Lambda authorizer: API Gateway asks whether this token may call this method.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct AuthRequest {
    /// `TOKEN` or `REQUEST`.
    pub auth_type: String,
    /// The token, as the client sent it.
    pub token: String,
    /// The ARN of the method that is called.
    pub method_arn: String,
    /// The context of the invocation.
    pub context: Context,
    original: RawEvent,
}

/// The answer of a Lambda authorizer: which routes the caller may call.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let everything = AuthResponse::new(["*"], "ada").with_context(json!({"role": "admin"}));
/// let reading = AuthResponse::new([AuthRoute::new("/notes/*", ["GET"]), "/public".into()], "bob");
/// let nothing = AuthResponse::deny("eve");
/// ```
#[derive(Clone)]
pub struct AuthResponse {
    principal_id: String,
    context: Value,
    grant: Grant,
}

/// A path, and the methods that may be called on it.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthRoute {
    pub(super) path: String,
    pub(super) methods: Vec<String>,
}

impl AuthRoute {
    /// Makes a route of a path and its methods. `*` matches any text; the path `*` is every path.
    pub fn new(path: impl Into<String>, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let methods = methods.into_iter().map(|method| method.as_ref().to_ascii_uppercase()).collect();
        AuthRoute { path: path.into(), methods }
    }
}

impl From<&str> for AuthRoute {
    /// The path with every method.
    #[inline]
    fn from(path: &str) -> Self {
        AuthRoute::new(path, ["*"])
    }
}

impl From<String> for AuthRoute {
    /// The path with every method.
    #[inline]
    fn from(path: String) -> Self {
        AuthRoute::new(path, ["*"])
    }
}

impl From<&String> for AuthRoute {
    /// The path with every method.
    #[inline]
    fn from(path: &String) -> Self {
        AuthRoute::new(path, ["*"])
    }
}

impl AuthResponse {
    /// Every method of API Gateway, for [`AuthRoute::new`].
    pub const ALL_HTTP_METHODS: [&'static str; 7] =
        ["DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "GET"];

    /// Allows `routes` (paths or [`AuthRoute`]s) to the caller `principal_id`. An empty list denies everything.
    pub fn new(
        routes: impl IntoIterator<Item = impl Into<AuthRoute>>,
        principal_id: impl Into<String>,
    ) -> Self {
        let grant = Grant::Routes(routes.into_iter().map(Into::into).collect());
        AuthResponse { principal_id: principal_id.into(), context: Value::Null, grant }
    }

    /// Denies everything.
    #[inline]
    pub fn deny(principal_id: impl Into<String>) -> Self {
        AuthResponse::new(Vec::<AuthRoute>::new(), principal_id)
    }

    /// Sets values for the routes: an object of strings, numbers and booleans. The routes read it from
    /// `request.request_context()["authorizer"]` or with [`Claims`](crate::Claims).
    ///
    /// API Gateway takes no nested values. A context that is not an object denies everything, and an error is logged.
    #[must_use]
    pub fn with_context(mut self, context: impl Into<Value>) -> Self {
        self.context = context.into();
        if !(self.context.is_object() || self.context.is_null()) {
            tracing::error!("the context of an authorizer's answer must be an object; it denies instead");
            return AuthResponse::deny(self.principal_id);
        }
        self
    }

    /// The policy document for API Gateway.
    #[inline]
    pub(crate) fn document(&self, method_arn: &str) -> Value {
        self.grant.document(&self.principal_id, &self.context, method_arn)
    }
}

impl From<Value> for AuthResponse {
    /// Passes a policy document on as it is. A value that is no policy denies everything.
    #[inline]
    fn from(document: Value) -> Self {
        if policy::is_valid(&document) {
            let grant = Grant::Policy(document);
            return AuthResponse { principal_id: String::new(), context: Value::Null, grant };
        }
        tracing::error!("an authorizer answered what is no policy; it denies");
        AuthResponse::deny("unknown")
    }
}

/// The return type of an authorizer: an [`AuthResponse`], a policy document as a [`Value`], or a `Result` of them.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[authorizer]
/// async fn who(request: AuthRequest) -> Value {
///     json!({
///         "principalId": "ada",
///         "policyDocument": {"Version": "2012-10-17", "Statement": [
///             {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": [request.method_arn]},
///         ]},
///     })
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what an authorizer answers",
    label = "not an `AuthResponse`",
    note = "an authorizer returns an `AuthResponse`, a policy document as a `Value`, or a `Result` of one of them"
)]
pub trait IntoAuthResponse {
    /// Converts the value into the answer.
    ///
    /// # Errors
    /// The authorizer has failed. API Gateway then refuses the request.
    fn into_auth_response(self) -> Result<AuthResponse>;
}

impl IntoAuthResponse for AuthResponse {
    fn into_auth_response(self) -> Result<AuthResponse> {
        Ok(self)
    }
}

impl IntoAuthResponse for Value {
    #[inline]
    fn into_auth_response(self) -> Result<AuthResponse> {
        Ok(AuthResponse::from(self))
    }
}

impl<T: IntoAuthResponse, E: Into<Error>> IntoAuthResponse for Result<T, E> {
    fn into_auth_response(self) -> Result<AuthResponse> {
        self.map_err(Into::into)?.into_auth_response()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    #[serde(rename = "type")]
    auth_type: Option<String>,
    authorization_token: Option<String>,
    identity_source: Option<IdentitySource>,
    method_arn: Option<String>,
    route_arn: Option<String>,
}

/// A list in payload 2.0, a text in 1.0.
#[derive(Deserialize)]
#[serde(untagged)]
enum IdentitySource {
    One(String),
    Many(Vec<Option<String>>),
}

impl IdentitySource {
    #[inline]
    fn first(self) -> Option<String> {
        match self {
            IdentitySource::One(source) => Some(source),
            IdentitySource::Many(sources) => sources.into_iter().flatten().next(),
        }
    }
}

impl Event for AuthRequest {
    type Response = AuthResponse;

    fn kind(&self) -> Kind {
        Kind::Authorizer
    }

    fn context(&self) -> &Context {
        &self.context
    }

    fn original(&self) -> &RawValue {
        self.original.raw()
    }
}

impl EventInternal for AuthRequest {
    type Answer = AuthResponse;

    #[allow(private_interfaces)]
    #[inline]
    fn decode(original: RawEvent, context: Context) -> Result<Self> {
        let document: Document = wire::parse(&original, WHAT)?;
        let auth_type = document.auth_type.ok_or_else(|| missing(WHAT, "type"))?;
        let token =
            document.authorization_token.or_else(|| document.identity_source.and_then(IdentitySource::first));
        if token.is_none() && auth_type == "TOKEN" {
            return Err(missing(WHAT, "authorizationToken"));
        }
        let method_arn =
            document.method_arn.or(document.route_arn).ok_or_else(|| missing(WHAT, "methodArn"))?;
        Ok(AuthRequest { auth_type, token: token.unwrap_or_default(), method_arn, context, original })
    }

    fn context_mut(&mut self) -> &mut Context {
        &mut self.context
    }

    #[inline]
    fn to_value(&self) -> Result<Value> {
        let mut document = self.original.value()?;
        let arn = if document["methodArn"].is_null() && document["routeArn"].is_string() {
            "routeArn"
        } else {
            "methodArn"
        };
        put(&mut document, "type", self.auth_type.clone());
        put(&mut document, arn, self.method_arn.clone());
        if document["identitySource"].is_null() {
            put(&mut document, "authorizationToken", self.token.clone());
        }
        Ok(document)
    }

    #[inline]
    fn moved(&mut self) -> Self {
        std::mem::take(self)
    }
}

impl fmt::Debug for AuthResponse {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthResponse")
            .field("principal_id", &Hidden(self.principal_id.len()))
            .field("context", &Keys(&self.context))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AuthRoute {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthRoute")
            .field("path", &Hidden(self.path.len()))
            .field("methods", &self.methods)
            .finish()
    }
}

impl fmt::Debug for AuthRequest {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthRequest")
            .field("auth_type", &self.auth_type)
            .field("token", &Hidden(self.token.len()))
            .field("method_arn", &Hidden(self.method_arn.len()))
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// The binding of an authorizer: the header that holds the token.
#[derive(Debug)]
pub struct TokenHeader(pub &'static str);

impl EventBinding for TokenHeader {
    type Source = Authorizer;

    fn describe(&self) -> String {
        format!("header `{}`", self.0)
    }

    fn settings(&self) -> Value {
        json!({"header": self.0, "ttl_seconds": null, "execution_role": null})
    }
}

impl Source for Authorizer {
    type Binding = TokenHeader;
    type Record = NoRecord;

    /// The event does not name its authorizer.
    #[inline]
    fn fits(_event: &AuthRequest) -> impl Fn(&TokenHeader, &str) -> Fit {
        |_, _| Fit::IfOnly
    }

    #[inline]
    fn origin(event: &AuthRequest) -> String {
        format!("a request to authorize {}", quoted(&event.method_arn))
    }
}
