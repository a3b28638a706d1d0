//! Exception handlers: functions that make the response for an error, selected by its status or its type.

use std::any::{TypeId, type_name};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::site::Site;
use crate::chain::{Threads, run_blocking};
use crate::error::{Error, Result, short_name};
use crate::web::{Request, Response};

type BoxFuture = Pin<Box<dyn Future<Output = Result<Response>> + Send>>;

/// Which errors an exception handler is for.
pub(crate) enum Exception {
    Status(u16),
    /// Errors of this type. The function tells whether an error is one.
    Type(TypeId, fn(&Error) -> bool),
}

impl Exception {
    /// Whether both select the same errors.
    pub(crate) fn is_for_same_as(&self, other: &Exception) -> bool {
        match (self, other) {
            (Exception::Status(one), Exception::Status(other)) => one == other,
            (Exception::Type(one, _), Exception::Type(other, _)) => one == other,
            _ => false,
        }
    }
}

/// The routes whose errors an exception handler answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExceptionScope {
    Module,
    Controller(usize),
}

/// A registered exception handler.
pub(crate) struct ExceptionSpec {
    pub(crate) site: Site,
    pub(crate) scope: ExceptionScope,
    pub(crate) on: Exception,
    pub(crate) wants_request: bool,
    pub(crate) threads: Threads,
    pub(crate) call: Box<dyn Fn(Caught) -> BoxFuture + Send + Sync>,
}

impl fmt::Debug for ExceptionSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExceptionSpec").field("site", &self.site).finish_non_exhaustive()
    }
}

/// An error, and the request that led to it.
#[derive(Debug, Clone)]
pub struct Caught {
    pub(crate) error: Arc<Error>,
    pub(crate) request: Option<Request>,
}

impl Caught {
    /// The error.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The request, as the handler received it.
    ///
    /// # Errors
    /// The exception handler was registered without [`with_request`](ExceptionBuilder::with_request).
    pub fn request(&self) -> Result<&Request> {
        self.request.as_ref().ok_or_else(|| "the request was not kept".into())
    }

    /// The error, downcast to `T`.
    ///
    /// # Errors
    /// The error is of another type. The registry checks the type before it calls a handler.
    pub fn downcast<T: std::error::Error + 'static>(&self) -> Result<&T> {
        self.error.downcast_ref().ok_or_else(|| format!("not a `{}`", short_name(type_name::<T>())).into())
    }
}

/// Registers an exception handler.
#[must_use = "the handler is registered by `handle` or `handle_blocking`"]
pub struct ExceptionBuilder<'a> {
    list: &'a mut Vec<ExceptionSpec>,
    site: Site,
    scope: ExceptionScope,
    on: Exception,
    wants_request: bool,
}

impl<'a> ExceptionBuilder<'a> {
    pub(super) fn new(list: &'a mut Vec<ExceptionSpec>, site: Site, scope: ExceptionScope) -> Self {
        ExceptionBuilder { list, site, scope, on: Exception::Status(500), wants_request: false }
    }

    /// Selects the errors that are answered with this status. Default 500.
    pub fn status(mut self, status: u16) -> Self {
        self.on = Exception::Status(status);
        self
    }

    /// Selects the errors of this type.
    pub fn error<T: std::error::Error + 'static>(mut self) -> Self {
        self.on = Exception::Type(TypeId::of::<T>(), Error::is::<T>);
        self
    }

    /// Keeps the request for the function, which costs a clone of it.
    pub fn with_request(mut self) -> Self {
        self.wants_request = true;
        self
    }

    /// Registers the function.
    pub fn handle<C, F>(self, call: C)
    where
        C: Fn(Caught) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response>> + Send + 'static,
    {
        self.add(Threads::ONE, Box::new(move |caught| Box::pin(call(caught))));
    }

    /// Registers a plain `fn`. It runs on a thread that may block.
    pub fn handle_blocking<C>(self, call: C)
    where
        C: Fn(Caught) -> Result<Response> + Clone + Send + Sync + 'static,
    {
        let call = move |caught| -> BoxFuture {
            let call = call.clone();
            Box::pin(run_blocking(move || call(caught)))
        };
        self.add(Threads::SEVERAL, Box::new(call));
    }

    fn add(self, threads: Threads, call: Box<dyn Fn(Caught) -> BoxFuture + Send + Sync>) {
        let ExceptionBuilder { list, site, scope, on, wants_request } = self;
        list.push(ExceptionSpec { site, scope, on, wants_request, threads, call });
    }
}

impl fmt::Debug for ExceptionBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExceptionBuilder").field("site", &self.site).finish_non_exhaustive()
    }
}

/// Registers an exception handler of a controller.
#[must_use = "the handler is registered by `handle` or `handle_blocking`"]
pub struct ControllerException<'a, T> {
    pub(super) builder: ExceptionBuilder<'a>,
    pub(super) this: Option<Arc<T>>,
}

impl<T: Send + Sync + 'static> ControllerException<'_, T> {
    /// Selects the errors that are answered with this status. Default 500.
    pub fn status(mut self, status: u16) -> Self {
        self.builder = self.builder.status(status);
        self
    }

    /// Selects the errors of this type.
    pub fn error<E: std::error::Error + 'static>(mut self) -> Self {
        self.builder = self.builder.error::<E>();
        self
    }

    /// Keeps the request for the method, which costs a clone of it.
    pub fn with_request(mut self) -> Self {
        self.builder = self.builder.with_request();
        self
    }

    /// Registers the method.
    pub fn handle<C, F>(self, call: C)
    where
        C: Fn(Arc<T>, Caught) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response>> + Send + 'static,
    {
        if let Some(this) = self.this {
            self.builder.handle(move |caught| call(Arc::clone(&this), caught));
        }
    }

    /// Registers a plain `fn`. It runs on a thread that may block.
    pub fn handle_blocking<C>(self, call: C)
    where
        C: Fn(Arc<T>, Caught) -> Result<Response> + Clone + Send + Sync + 'static,
    {
        if let Some(this) = self.this {
            self.builder.handle_blocking(move |caught| call(Arc::clone(&this), caught));
        }
    }
}

impl<T> fmt::Debug for ControllerException<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.builder.fmt(f)
    }
}
