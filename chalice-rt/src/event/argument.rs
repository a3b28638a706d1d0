//! `FromEvent` and `EventArgument`: the arguments of handlers.

use serde::de::DeserializeOwned;

use super::Event;
use crate::describe::Describe;
use crate::error::Result;

/// An argument that handlers of the event `E` can take. It is made from the event.
///
/// It must leave the event usable for the next argument. An `Err` is treated as the handler's own: a view error is
/// answered with its status.
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
    /// Makes the argument from the event.
    ///
    /// # Errors
    /// The part of the event that it reads is missing or malformed.
    fn from_event(event: &mut E) -> Result<Self>;

    /// Makes the last argument, which may move its content out of the event. Default:
    /// [`from_event`](FromEvent::from_event).
    #[doc(hidden)]
    fn take_from(event: &mut E) -> Result<Self> {
        Self::from_event(event)
    }

    /// Whether the part of the event that it reads is present. If not, `Option` of it is `None`. Default: `true`.
    fn is_present(_event: &E) -> bool {
        true
    }

    /// Describes the argument: where it is read, its name, the state that it needs, the statuses that it answers.
    fn describe(_description: &mut Describe) {}
}

impl<E: Event, X: FromEvent<E>> FromEvent<E> for Option<X> {
    fn from_event(event: &mut E) -> Result<Self> {
        if X::is_present(event) { X::from_event(event).map(Some) } else { Ok(None) }
    }

    fn describe(description: &mut Describe) {
        description.optional(X::describe);
    }
}

/// The first argument of a handler of the event `E`.
///
/// It is the event itself, for batches a single record, raw or parsed, or any extractor. It is read after the arguments
/// that follow it, so that it can be moved out of the event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a handler of `{E}` takes first",
    label = "neither the event, nor one of its records, nor an extractor",
    note = "take the event itself: `{E}`",
    note = "or one record of a batch: `SqsRecord`, `KinesisRecord`, `DynamoDbRecord`",
    note = "or what a record's JSON says: `SqsMessage<T>`, `KinesisMessage<T>`, `SnsMessage<T>`, where `T` implements `serde::Deserialize`",
    note = "or an extractor: `State<T>`, `Context`, or an own type with `impl FromEvent<{E}>`"
)]
// Not public API. Used by generated code.
#[doc(hidden)]
pub trait EventArgument<E: Event>: Sized {
    /// Whether the handler runs once for each record. `take` then receives an event with a single record.
    const EACH: bool = false;

    /// Takes the argument out of the event.
    fn take(event: &mut E) -> Result<Self>;

    /// Describes the argument, as [`FromEvent::describe`] does.
    fn describe(_description: &mut Describe) {}
}

#[diagnostic::do_not_recommend]
impl<E: Event, T: FromEvent<E>> EventArgument<E> for T {
    fn take(event: &mut E) -> Result<Self> {
        T::take_from(event)
    }

    fn describe(description: &mut Describe) {
        <T as FromEvent<E>>::describe(description);
    }
}

/// An argument that middleware can take after the event and `next`: any extractor.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a middleware for `{E}`",
    label = "not an extractor",
    note = "a middleware takes the event, then `next`, then extractors: `State<T>`, `Context`, `Extension<T>`, `Option` of these, and what implements `FromEvent<{E}>`",
    note = "what is given where the middleware is listed or registered is a parameter of a `#[middleware_factory]`"
)]
// Not public API. Used by generated code.
#[doc(hidden)]
pub trait MiddlewareArgument<E: Event>: FromEvent<E> {}

#[diagnostic::do_not_recommend]
impl<E: Event, T: FromEvent<E>> MiddlewareArgument<E> for T {}

/// An event whose handlers may take any type that its JSON fits.
pub trait Payload {
    /// The JSON of the event, as a `T`.
    ///
    /// # Errors
    /// The JSON does not fit `T`.
    fn read<T: DeserializeOwned>(&self) -> Result<T>;
}

/// The event itself.
#[diagnostic::do_not_recommend]
impl<E: Event> FromEvent<E> for E {
    fn from_event(event: &mut E) -> Result<Self> {
        Ok(event.clone())
    }

    fn take_from(event: &mut E) -> Result<Self> {
        Ok(event.moved())
    }
}
