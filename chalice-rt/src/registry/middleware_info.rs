//! The properties of a middleware that its type or its function determines.

use crate::chain::{Middleware, Threads};
use crate::event::Event;

/// The properties of a middleware that its type or its function determines.
#[derive(Debug, Clone, Copy)]
pub struct MiddlewareInfo {
    pub(crate) name: &'static str,
    pub(crate) trace_execution: Option<bool>,
    pub(crate) threads: Threads,
}

impl MiddlewareInfo {
    pub(crate) fn of<E: Event, M: Middleware<E>>(middleware: &M) -> Self {
        MiddlewareInfo {
            name: Middleware::<E>::name(middleware),
            trace_execution: Middleware::<E>::trace_execution(middleware),
            threads: Middleware::<E>::threads(middleware),
        }
    }
}
