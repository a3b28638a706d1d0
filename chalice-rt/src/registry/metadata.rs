//! The properties of a middleware that its type or its function determines.

use crate::chain::{Middleware, Threads};
use crate::describe::Describe;
use crate::event::Event;

/// The properties of a middleware that its type or its function determines.
#[derive(Debug)]
pub struct MiddlewareMetadata {
    /// The path of the type or of the function.
    pub(crate) path: &'static str,
    pub(crate) name: &'static str,
    pub(crate) trace_execution: Option<bool>,
    pub(crate) threads: Threads,
    pub(crate) description: Describe,
}

impl MiddlewareMetadata {
    pub(crate) fn of<E: Event, M: Middleware<E>>(middleware: &M) -> Self {
        let mut description = Describe::default();
        Middleware::<E>::describe(middleware, &mut description);
        MiddlewareMetadata {
            path: std::any::type_name::<M>(),
            name: Middleware::<E>::name(middleware),
            trace_execution: Middleware::<E>::trace_execution(middleware),
            threads: Middleware::<E>::threads(middleware),
            description,
        }
    }
}
