//! Middleware in the list of a handler: a factory that is named and not called is told from a middleware function.

use std::marker::PhantomData;

use crate::chain::{Middleware, Next};
use crate::error::Result;
use crate::event::Event;

/// Asks whether an `M` is a function of too few arguments for a middleware: a method found on a reference goes before one
/// found on the value.
#[derive(Debug)]
pub struct Listed<M>(PhantomData<M>);

impl<M> Listed<M> {
    /// A question about this middleware.
    pub fn of(_middleware: &M) -> Self {
        Listed(PhantomData)
    }
}

/// Found on a reference to a function without arguments.
pub trait ListedFactory<M> {
    /// The form that the list has it in.
    fn form(&self) -> Uncalled<M>;
}

/// Found on a reference to a function of one argument.
pub trait ListedFactoryOf<A, M> {
    /// The form that the list has it in.
    fn form(&self) -> Uncalled<M>;
}

/// Found on everything else.
pub trait ListedMiddleware {
    /// The form that the list has it in.
    fn form(&self) -> Called;
}

impl<F: Fn() -> M, M> ListedFactory<M> for &Listed<F> {
    fn form(&self) -> Uncalled<M> {
        Uncalled(PhantomData)
    }
}

impl<F: Fn(A) -> M, A, M> ListedFactoryOf<A, M> for &Listed<F> {
    fn form(&self) -> Uncalled<M> {
        Uncalled(PhantomData)
    }
}

impl<M> ListedMiddleware for Listed<M> {
    fn form(&self) -> Called {
        Called
    }
}

/// Something that is a middleware as far as its form tells.
#[derive(Debug)]
pub struct Called;

impl Called {
    /// The middleware.
    pub fn pass<M>(self, middleware: M) -> M {
        middleware
    }
}

/// A function that makes an `M`, and is not called.
#[derive(Debug)]
pub struct Uncalled<M>(PhantomData<M>);

impl<M> Uncalled<M> {
    /// Does not compile.
    pub fn pass<F>(self, _factory: F) -> NoMiddleware
    where
        M: IsCalled,
    {
        NoMiddleware
    }
}

/// Implemented for nothing that a factory makes.
#[diagnostic::on_unimplemented(
    message = "a factory is called where it is listed: write `{Self}()`",
    label = "write `{Self}()`",
    note = "its arguments stand in the parentheses, which are there without arguments, too"
)]
pub trait IsCalled {}

/// Stands for the middleware that an uncalled factory would make, so that one mistake is one error.
#[derive(Debug)]
pub struct NoMiddleware;

#[diagnostic::do_not_recommend]
impl IsCalled for NoMiddleware {}

impl<E: Event> Middleware<E> for NoMiddleware {
    fn call(&self, event: E, next: Next<E>) -> impl Future<Output = Result<E::Response>> + Send {
        next.run(event)
    }
}
