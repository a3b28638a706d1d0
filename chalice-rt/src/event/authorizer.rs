//! The event of authorizers of API Gateway, and the policy that they answer.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::policy::{self, Grant};
use super::wire::{self, Hidden, missing, other_kind, put};
use super::{AnyEvent, AnyResponse, Event, EventInternal, LambdaFunctionEvent, RawEvent};
use crate::context::Context;
use crate::error::Result;
use crate::kind::Kind;

const WHAT: &str = "authorizer event";

/// What API Gateway asks an authorizer: whether this token may call this method.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct AuthRequest {
    /// `TOKEN` or `REQUEST`.
    pub auth_type: String,
    /// The token, as the client sent it.
    pub token: String,
    /// The ARN of the method that is called.
    pub method_arn: String,
    /// What Lambda says about the invocation.
    pub context: Context,
    original: RawEvent,
}

/// What an authorizer answers: which routes the caller may call.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let everything = AuthResponse::new(["*"], "ada").with_context(json!({"role": "admin"}));
/// let reading = AuthResponse::new([AuthRoute::new("/notes/*", ["GET"]), "/public".into()], "bob");
/// let nothing = AuthResponse::deny("eve");
/// ```
#[derive(Debug, Clone)]
pub struct AuthResponse {
    principal_id: String,
    context: Value,
    grant: Grant,
}

/// A path, and the methods that may be called on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthRoute {
    pub(super) path: String,
    pub(super) methods: Vec<String>,
}

impl AuthRoute {
    /// A path with the methods that may be called on it. `*` stands for any text; the path `*` is every path.
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
    /// The methods that API Gateway knows, for [`AuthRoute::new`].
    pub const ALL_HTTP_METHODS: [&'static str; 7] =
        ["DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "GET"];

    /// Allows the routes, paths or [`AuthRoute`]s, to the caller whom `principal_id` names. Without routes it denies.
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

    /// What the routes get to know of the caller: an object of texts, numbers and booleans, in
    /// `request.request_context()["authorizer"]`.
    ///
    /// API Gateway takes nothing nested. What is no object at all is a fault that is logged, and denies.
    #[must_use]
    pub fn with_context(mut self, context: impl Into<Value>) -> Self {
        self.context = context.into();
        if !(self.context.is_object() || self.context.is_null()) {
            tracing::error!("the context of an authorizer's answer must be an object; it denies instead");
            return AuthResponse::deny(self.principal_id);
        }
        self
    }

    /// The document for API Gateway.
    #[inline]
    pub(crate) fn document(&self, method_arn: &str) -> Value {
        self.grant.document(&self.principal_id, &self.context, method_arn)
    }
}

impl From<Value> for AuthResponse {
    /// A policy document, passed on as it is. What is none denies.
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

    /// An authorizer is not part of `all`, so no chain of its asks for this; there is no variant for it.
    #[inline]
    fn into_any(self) -> AnyEvent {
        let mut event = LambdaFunctionEvent::default();
        event.event = self.to_value().unwrap_or_default();
        event.context = self.context;
        AnyEvent::PureLambda(event)
    }

    #[inline]
    fn from_any(event: AnyEvent) -> Result<Self> {
        Err(other_kind(Kind::Authorizer, &event))
    }

    #[inline]
    fn answer_into_any(answer: AuthResponse) -> AnyResponse {
        AnyResponse::Json(answer.document(""))
    }

    #[inline]
    fn answer_from_any(_: AnyResponse) -> Result<AuthResponse> {
        Err("an authorizer is not part of `all`: its middleware answers an `AuthResponse`".into())
    }
}

impl fmt::Debug for AuthRequest {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthRequest")
            .field("auth_type", &self.auth_type)
            .field("token", &Hidden(self.token.len()))
            .field("method_arn", &self.method_arn)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}
