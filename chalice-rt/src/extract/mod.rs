//! Extractors: the arguments that a handler may take besides its event.

mod body;
pub(crate) mod call;
mod claims;
mod context;
mod extension;
pub(crate) mod first;
mod form;
mod json;
mod param;
mod payload;
mod query;
mod source;
mod state;
#[cfg(test)]
mod tests;

pub use call::Call;
pub(crate) use call::{Blocking, Start};
pub use claims::Claims;
pub use extension::Extension;
pub use form::Form;
pub use json::Json;
pub use param::FromParam;
pub use query::Query;
pub(crate) use source::this;
pub use source::{
    Argument, event, extract, extract_from, middleware_argument, param, payload, take, take_from,
};

pub(crate) use crate::event::FromEvent;
pub use crate::event::{EventArgument, MiddlewareArgument};
