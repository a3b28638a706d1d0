//! Exception handlers at work: the nearest to the handler makes the response of an error.

use std::sync::Arc;

use super::mapping::Mapping;
use super::path;
use crate::chain::{Middleware, Next};
use crate::error::{ChaliceUnhandledError, Error, Result, guarded};
use crate::registry::{Caught, Exception, ExceptionSpec};
use crate::web::{Request, Response, ResponseFormat};

/// How the errors of one handler become responses: by exception handlers, the nearest first, else as the app maps them.
pub(super) struct Rescue {
    pub(super) mapping: &'static Mapping,
    /// By layer, the nearest one first.
    pub(super) layers: Vec<Vec<&'static ExceptionSpec>>,
}

impl Rescue {
    /// The response of an error. The request is the one that `keep` gave.
    pub(super) async fn response(&self, error: Error, request: Option<Request>, path: &str) -> Response {
        let Some(handler) = self.handler(&error) else { return self.mapping.response(error, path) };
        let error = Arc::new(error);
        let caught = Caught { error: Arc::clone(&error), request };
        match guarded(|| (handler.call)(caught)).await {
            Ok(response) => response.with_error(error),
            Err(failure) => self.mapping.response(failure, path),
        }
    }

    /// Whether these are its exception handlers.
    pub(super) fn is_by(&self, layers: &[Vec<&'static ExceptionSpec>]) -> bool {
        let same = |one: &[&ExceptionSpec], other: &[&ExceptionSpec]| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| std::ptr::eq(*one, *other))
        };
        let mut pairs = self.layers.iter().zip(layers);
        self.layers.len() == layers.len() && pairs.all(|(one, other)| same(one, other))
    }

    /// The request, if some exception handler may want it.
    pub(super) fn keep(&self, request: &Request) -> Option<Request> {
        self.layers.iter().flatten().any(|spec| spec.wants_request).then(|| request.clone())
    }

    /// Within a layer one for the type goes before one for the status.
    fn handler(&self, error: &Error) -> Option<&'static ExceptionSpec> {
        let status = self.mapping.status(error);
        self.layers.iter().find_map(|layer| {
            let of_type = |spec: &&&ExceptionSpec| matches!(spec.on, Exception::Type(is) if is(error));
            let of_status =
                |spec: &&&ExceptionSpec| matches!(spec.on, Exception::Status(code) if code == status);
            layer.iter().find(of_type).or_else(|| layer.iter().find(of_status)).copied()
        })
    }
}

/// The innermost middleware of a route: its handler's error becomes a response before any other middleware sees it, and
/// a request that a middleware has made itself learns its route.
pub(super) struct Settle(pub(super) &'static Rescue);

impl Middleware<Request> for Settle {
    async fn call(&self, mut request: Request, next: Next<Request>) -> Result<Response> {
        let (Settle(rescue), template) = (self, next.template());
        if request.route().is_none() {
            path::bind(&mut request, template);
        }
        let (kept, form) = (rescue.keep(&request), ResponseFormat::of(&request));
        let response = match next.run(request).await {
            Err(error) if !error.is::<ChaliceUnhandledError>() => {
                rescue.response(error, kept, template).await
            }
            outcome => outcome?,
        };
        Ok(form.accepted(response, rescue.mapping.binary_types.as_deref()))
    }
}
