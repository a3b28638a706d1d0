//! Extractors: what a handler may take as arguments besides its event.

mod body;
pub(crate) mod call;
mod claims;
mod event_argument;
mod extension;
mod form;
mod json;
mod own;
mod param;
mod query;
mod source;
mod state;
#[cfg(test)]
mod tests;

use std::any::TypeId;

pub use call::Call;
pub(crate) use call::{Blocking, Start};
pub use claims::Claims;
pub use event_argument::EventArgument;
pub use extension::Extension;
pub use form::Form;
pub use json::Json;
pub use param::FromParam;
pub use query::Query;
pub(crate) use source::this;
pub use source::{Argument, event, extract, extract_from, param, payload, take, take_from};

use crate::error::Result;
use crate::event::Event;

/// What a handler of an `E` may take as an argument: it is made from the event.
///
/// It may change the event, but takes nothing away from the next argument. An `Err` is the handler's error: a view
/// error answers with its status.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// struct Page(u32);
///
/// impl FromEvent<Request> for Page {
///     fn from_event(request: &mut Request) -> Result<Self> {
///         let page = request.query().get("page").unwrap_or("1");
///         Ok(Page(page.parse().map_err(|_| BadRequestError::new("`page` is not a number"))?))
///     }
/// }
///
/// #[route("/users")]
/// async fn users(page: Page) -> String {
///     format!("page {}", page.0)
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a handler of `{E}`",
    label = "not a path parameter and not an extractor",
    note = "arguments of a route are: path parameters by name, `Request`, `Json<T>`, `Form<T>`, `Query<T>`, `HeaderMap`, `Method`, `Cookies`, `Claims<T>`, `Bytes` or `String` (the body), `Context`, `State<T>`, `Extension<T>`, `Option` of these, and what implements `FromEvent<Request>`",
    note = "for a JSON body write `Json<{Self}>`; for a value that the app manages `State<{Self}>`"
)]
pub trait FromEvent<E: Event>: Sized {
    /// Makes the argument.
    ///
    /// # Errors
    /// What it reads is absent or malformed.
    fn from_event(event: &mut E) -> Result<Self>;

    /// The last argument to be made may move its content out of the event.
    #[doc(hidden)]
    fn take_from(event: &mut E) -> Result<Self> {
        Self::from_event(event)
    }

    /// Whether what it reads is there at all: `Option` of it is `None` if not.
    fn is_present(_event: &E) -> bool {
        true
    }

    /// What it cannot do without, so that what is missing is known at launch.
    #[doc(hidden)]
    fn needs() -> Option<Need> {
        None
    }
}

/// What an extractor needs of the app or of the route, known at launch.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Need {
    /// A value of this type that the app manages.
    State { type_id: TypeId, type_name: &'static str },
    /// A route that takes these content types, if it names none.
    ContentTypes(&'static [&'static str]),
}

impl<E: Event, X: FromEvent<E>> FromEvent<E> for Option<X> {
    fn from_event(event: &mut E) -> Result<Self> {
        if X::is_present(event) { X::from_event(event).map(Some) } else { Ok(None) }
    }

    fn needs() -> Option<Need> {
        X::needs().filter(|need| matches!(need, Need::ContentTypes(_)))
    }
}
