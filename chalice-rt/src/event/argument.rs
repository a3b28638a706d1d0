//! What a handler may take of its event. Extractors implement it further up.

use serde::de::DeserializeOwned;

use super::Event;
use crate::describe::Describe;
use crate::error::Result;

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

    /// Says where it is read and what it is called, what it needs of the app and which statuses it answers.
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

/// What a handler of the event `E` may take as its first argument.
///
/// That is the event itself, for batches one record of it or a parsed one, or any extractor. It is taken after the
/// extractors that follow it, and moved out of the event instead of copied.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a handler of `{E}` takes first",
    label = "neither the event, nor one of its records, nor an extractor",
    note = "take the event itself: `{E}`",
    note = "or one record of a batch: `SqsRecord`, `KinesisRecord`, `DynamoDbRecord`",
    note = "or what a record's JSON says: `SqsMessage<T>`, `KinesisMessage<T>`, `SnsMessage<T>`, where `T` implements `serde::Deserialize`",
    note = "or an extractor: `State<T>`, `Context`, or an own type with `impl FromEvent<{E}>`"
)]
// Not public API: generated code asks for it.
#[doc(hidden)]
pub trait EventArgument<E: Event>: Sized {
    /// Whether the handler runs once for each record. Then `take` is given an event with just one.
    const EACH: bool = false;

    /// Takes the argument out of the event.
    fn take(event: &mut E) -> Result<Self>;

    /// What it says of itself, as for [`FromEvent`].
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

/// An event whose handlers may take what its JSON says.
pub trait Payload {
    /// The JSON of the event, as a `T`.
    ///
    /// # Errors
    /// It is not what `T` asks for.
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
