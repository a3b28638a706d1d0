//! Turns the errors of routes and HTTP middleware into responses: by the nearest exception handler, else by the status.

use std::sync::Arc;

use crate::chain::{AnswerErrors, ChainErrors, Failed, ResponseFuture};
use crate::error::{ChaliceUnhandledError, Error, guarded};
use crate::registry::{Caught, Exception, ExceptionSpec};
use crate::web::{Request, Response};

/// The exception handlers around one handler.
pub(super) struct ErrorHandlers {
    /// The exception handlers of each scope, the nearest first.
    scopes: Vec<Vec<&'static ExceptionSpec>>,
    /// Whether some reachable exception handler takes the request.
    wants_request: bool,
    /// Whether the exception handler for an uncaught `ChaliceUnhandledError` takes the request.
    wants_request_unhandled: bool,
    /// Whether responses show the text of errors that are not view errors.
    debug: bool,
}

impl ErrorHandlers {
    pub(super) fn new(scopes: Vec<Vec<&'static ExceptionSpec>>, debug: bool) -> Self {
        let wants_request = takes_request(&scopes);
        let mut handlers = ErrorHandlers { scopes, wants_request, wants_request_unhandled: false, debug };
        if wants_request {
            let unhandled = ChaliceUnhandledError::new("").into();
            handlers.wants_request_unhandled =
                handlers.nearest(&unhandled).is_some_and(|spec| spec.wants_request);
        }
        handlers
    }

    /// The error handling of a chain with these exception handlers.
    pub(super) fn for_chain(&'static self) -> Option<ChainErrors<Request>> {
        Some(ChainErrors { answers: self, keep_event: self.wants_request })
    }

    /// The request, if it is needed for an error that passes all middleware.
    pub(super) fn keep(&self, request: &Request) -> Option<Request> {
        self.wants_request_unhandled.then(|| request.clone())
    }

    /// The response of an error.
    pub(super) async fn response(&self, failed: Failed<Request>) -> Response {
        let Failed { error, event: request, template } = failed;
        let Some(handler) = self.nearest(&error) else { return self.mapped(error, template) };
        let error = Arc::new(error);
        let caught = Caught { error: Arc::clone(&error), request };
        match guarded(|| (handler.call)(caught)).await {
            Ok(response) => response.with_error(error),
            Err(failure) => self.mapped(failure, template),
        }
    }

    /// The response without an exception handler.
    fn mapped(&self, error: Error, template: &str) -> Response {
        if error.view().is_none() {
            let route = if template.is_empty() { "an unknown route" } else { template };
            tracing::error!(
                error_type = error.type_name(),
                "caught an error for {route}: {}",
                error.report()
            );
        }
        Response::of_error(error, self.debug)
    }

    /// Whether these are its exception handlers.
    pub(super) fn is_by(&self, scopes: &[Vec<&'static ExceptionSpec>]) -> bool {
        let same = |one: &[&ExceptionSpec], other: &[&ExceptionSpec]| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| std::ptr::eq(*one, *other))
        };
        let mut pairs = self.scopes.iter().zip(scopes);
        self.scopes.len() == scopes.len() && pairs.all(|(one, other)| same(one, other))
    }

    /// The exception handler for an error. Within a scope one for the type has precedence over one for the status.
    pub(super) fn nearest(&self, error: &Error) -> Option<&'static ExceptionSpec> {
        let status = error.status().as_u16();
        self.scopes.iter().find_map(|scope| {
            let of_type = |spec: &&&ExceptionSpec| matches!(spec.on, Exception::Type(_, is) if is(error));
            let of_status =
                |spec: &&&ExceptionSpec| matches!(spec.on, Exception::Status(code) if code == status);
            scope.iter().find(of_type).or_else(|| scope.iter().find(of_status)).copied()
        })
    }
}

/// Whether an exception handler takes the request. One that is hidden by a nearer one for the same errors does not
/// count.
fn takes_request(scopes: &[Vec<&'static ExceptionSpec>]) -> bool {
    let mut nearer: Vec<&ExceptionSpec> = Vec::new();
    scopes.iter().flatten().any(|spec| {
        let hidden = nearer.iter().any(|nearer| nearer.on.is_for_same_as(&spec.on));
        nearer.push(spec);
        spec.wants_request && !hidden
    })
}

impl AnswerErrors<Request> for ErrorHandlers {
    fn answer(&'static self, failed: Failed<Request>) -> ResponseFuture<Response> {
        if failed.error.is::<ChaliceUnhandledError>() {
            return ResponseFuture::failed(failed.error);
        }
        ResponseFuture::boxed(async move { Ok(self.response(failed).await) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{NotFoundError, PanicError};
    use crate::registry::{Assembly, Site};
    use crate::web::url_request;

    type Register = fn(&mut Assembly);

    /// The exception handlers of each scope, the nearest first.
    fn handlers(scopes: &[&[Register]]) -> ErrorHandlers {
        let scope = |specs: &&[Register]| {
            let mut assembly = Assembly::default();
            specs.iter().for_each(|register| register(&mut assembly));
            assembly.exceptions.leak().iter().collect()
        };
        ErrorHandlers::new(scopes.iter().map(scope).collect(), false)
    }

    async fn gone(_: Caught) -> crate::error::Result<Response> {
        Ok(Response::new("gone").with_status(410))
    }

    const PLAIN_404: Register = |app| app.exception_handler(Site::default()).status(404).handle(gone);
    const REQUEST_404: Register =
        |app| app.exception_handler(Site::default()).status(404).with_request().handle(gone);
    const PLAIN_PANIC: Register =
        |app| app.exception_handler(Site::default()).error::<PanicError>().handle(gone);
    const REQUEST_PANIC: Register =
        |app| app.exception_handler(Site::default()).error::<PanicError>().with_request().handle(gone);
    const REQUEST_500: Register =
        |app| app.exception_handler(Site::default()).status(500).with_request().handle(gone);

    #[test]
    fn the_request_is_wanted_where_a_reachable_exception_handler_takes_it() {
        for (scopes, wanted) in [
            (&[][..], false),
            (&[&[PLAIN_404][..]], false),
            (&[&[PLAIN_404, REQUEST_PANIC]], true),
            (&[&[PLAIN_404], &[REQUEST_404]], false),
            (&[&[PLAIN_PANIC], &[REQUEST_PANIC]], false),
            (&[&[PLAIN_PANIC], &[REQUEST_404]], true),
        ] {
            assert_eq!(handlers(scopes).wants_request, wanted);
        }
    }

    #[tokio::test]
    async fn it_is_kept_for_an_unhandled_error_only_if_that_ones_handler_takes_it() {
        let (parts, ()) = http::Request::new(()).into_parts();
        let request = url_request(&parts, &Default::default(), None, Default::default()).expect("a request");
        assert!(handlers(&[&[REQUEST_404]]).keep(&request).is_none());
        assert!(handlers(&[&[REQUEST_500]]).keep(&request).is_some());
        let failed = |error: Error| Failed { error, event: None, template: "" };
        let response = handlers(&[&[PLAIN_404]]).response(failed(NotFoundError::new("x").into())).await;
        assert_eq!(response.status(), 410);
    }
}
