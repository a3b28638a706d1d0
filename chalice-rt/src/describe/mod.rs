//! What the arguments and answers of handlers say of themselves.

#[cfg(feature = "local")]
mod fields;

use std::any::{TypeId, type_name};

use serde::de::DeserializeOwned;

/// What the arguments of a handler, and its answer, say of themselves: where each is read, what it is called, which
/// content types and statuses there are.
///
/// `FromEvent::describe` and `IntoResponse::describe` fill it, once for each handler, when the app is launched. A type of
/// state that nothing manages is a launch error; a route that names no content types takes those of its arguments;
/// `routes --json` shows it all. Without the feature `local` nothing else is kept, and saying it costs nothing.
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
///
///     fn describe(d: &mut Describe) {
///         d.optional(|d| d.query::<u32>("page"));
///         d.status(400);
///     }
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Default)]
pub struct Describe {
    /// The types of managed values that the handler cannot do without.
    pub(crate) states: Vec<(TypeId, &'static str)>,
    /// What the body may be, as the first argument that reads it says.
    pub(crate) content_types: Option<&'static [&'static str]>,
    /// Whether the handler can do without what is being described.
    optional: bool,
    /// Whether the answer that is being described may have any status.
    #[cfg(feature = "local")]
    any_status: bool,
    #[cfg(feature = "local")]
    pub(crate) arguments: Vec<ArgumentNote>,
    #[cfg(feature = "local")]
    pub(crate) answers: Vec<AnswerNote>,
}

/// What one argument reads.
#[cfg(feature = "local")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArgumentNote {
    /// `path`, `query`, `header`, `cookie`, `body`, `state`, `extension` or `context`.
    pub(crate) location: &'static str,
    /// Nothing, if it reads all that is there.
    pub(crate) name: Option<&'static str>,
    pub(crate) type_name: &'static str,
    pub(crate) required: bool,
    pub(crate) content_types: &'static [&'static str],
    /// What is read of it, if it is a struct.
    pub(crate) fields: &'static [&'static str],
}

/// An answer that is known to be possible.
#[cfg(feature = "local")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerNote {
    /// Nothing, if only the handler knows it.
    pub(crate) status: Option<u16>,
    pub(crate) content_type: Option<&'static str>,
    /// The type of the body.
    pub(crate) type_name: Option<&'static str>,
}

impl Describe {
    /// A parameter of the path, read as a `T`.
    #[inline]
    pub fn path<T: ?Sized>(&mut self, name: &'static str) {
        self.argument::<T>("path", Some(name), &[]);
    }

    /// A parameter of the query, read as a `T`; with `None` for the name all of them.
    #[inline]
    pub fn query<T: ?Sized>(&mut self, name: impl Into<Option<&'static str>>) {
        self.argument::<T>("query", name.into(), &[]);
    }

    /// A header, read as a `T`; with `None` for the name all of them.
    #[inline]
    pub fn header<T: ?Sized>(&mut self, name: impl Into<Option<&'static str>>) {
        self.argument::<T>("header", name.into(), &[]);
    }

    /// A cookie, read as a `T`; with `None` for the name all of them.
    #[inline]
    pub fn cookie<T: ?Sized>(&mut self, name: impl Into<Option<&'static str>>) {
        self.argument::<T>("cookie", name.into(), &[]);
    }

    /// The body, read as a `T`. A route that names no `content_types` takes these; none are the usual
    /// `application/json`.
    #[inline]
    pub fn body<T: ?Sized>(&mut self, content_types: &'static [&'static str]) {
        if self.content_types.is_none() && !content_types.is_empty() {
            self.content_types = Some(content_types);
        }
        self.argument::<T>("body", None, content_types);
    }

    /// A value of type `T` that the app manages. If it is not [`optional`](Describe::optional), an app that manages none
    /// does not start.
    pub fn state<T: 'static>(&mut self) {
        if !self.optional {
            self.states.push((TypeId::of::<T>(), type_name::<T>()));
        }
        self.argument::<T>("state", None, &[]);
    }

    /// A value of type `T` that a middleware puts into the event.
    #[inline]
    pub fn extension<T: ?Sized>(&mut self) {
        self.argument::<T>("extension", None, &[]);
    }

    /// What the front end or Lambda says of the invocation, read as a `T`: the context, the claims of an authorizer.
    #[inline]
    pub fn context<T: ?Sized>(&mut self) {
        self.argument::<T>("context", None, &[]);
    }

    /// The names of the fields of `T` that are read of what was described last, as serde knows them: those of a query or
    /// a form are its parameters. Types that are no structs have none.
    #[inline]
    pub fn fields_of<T: DeserializeOwned>(&mut self) {
        #[cfg(feature = "local")]
        if let Some(last) = self.arguments.last_mut() {
            last.fields = fields::field_names::<T>();
        }
    }

    /// Describes what the handler can do without, as an `Option` of it.
    #[inline]
    pub fn optional(&mut self, describe: impl FnOnce(&mut Describe)) {
        let outer = std::mem::replace(&mut self.optional, true);
        describe(self);
        self.optional = outer;
    }

    /// An answer with this status and a body of this content type that is made of a `T`.
    #[inline]
    pub fn answer<T: ?Sized>(&mut self, status: u16, content_type: impl Into<Option<&'static str>>) {
        self.answer_note(status, content_type.into(), Some(type_name::<T>()));
    }

    /// An answer with this status, of which nothing else is known: what an argument answers that cannot be made.
    #[inline]
    pub fn status(&mut self, status: u16) {
        self.answer_note(status, None, None);
    }

    /// Describes answers whose status only the handler knows, whatever they say.
    #[inline]
    pub fn any_status(&mut self, describe: impl FnOnce(&mut Describe)) {
        #[cfg(feature = "local")]
        let outer = std::mem::replace(&mut self.any_status, true);
        describe(self);
        #[cfg(feature = "local")]
        {
            self.any_status = outer;
        }
    }
}

#[cfg(feature = "local")]
impl Describe {
    fn argument<T: ?Sized>(
        &mut self,
        location: &'static str,
        name: Option<&'static str>,
        content_types: &'static [&'static str],
    ) {
        let (type_name, required) = (type_name::<T>(), !self.optional);
        self.arguments.push(ArgumentNote { location, name, type_name, required, content_types, fields: &[] });
    }

    fn answer_note(
        &mut self,
        status: u16,
        content_type: Option<&'static str>,
        type_name: Option<&'static str>,
    ) {
        let status = (!self.any_status).then_some(status);
        let note = AnswerNote { status, content_type, type_name };
        if !self.answers.contains(&note) {
            self.answers.push(note);
        }
    }
}

/// Without listings nobody asks.
#[cfg(not(feature = "local"))]
impl Describe {
    #[inline]
    fn argument<T: ?Sized>(&mut self, _: &'static str, _: Option<&'static str>, _: &'static [&'static str]) {}

    #[inline]
    fn answer_note(&mut self, _: u16, _: Option<&'static str>, _: Option<&'static str>) {}
}
