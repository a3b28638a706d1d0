//! Descriptions of the arguments and answers of handlers.

#[cfg(feature = "local")]
mod fields;

use std::any::{TypeId, type_name};
use std::sync::Arc;

use serde::de::DeserializeOwned;

/// The description of a handler's arguments and answer: where each argument is read, its name, the content types and
/// statuses.
///
/// [`FromEvent::describe`](crate::FromEvent::describe) and [`IntoResponse::describe`](crate::IntoResponse::describe)
/// fill it once for each handler, at launch. A state type that the app does not manage is a launch error. A route
/// without `content_types` takes those of its arguments. `routes --json` shows everything. Without the feature `local`
/// only state and content types are kept, and the other calls compile to nothing.
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
    /// The state types that the handler requires.
    pub(crate) states: Vec<Need>,
    /// The extension types that the handler requires.
    pub(crate) extensions: Vec<Need>,
    /// The extension types that a middleware puts into the event.
    pub(crate) provides: Vec<TypeId>,
    /// The place of the argument being described, if it is known.
    place: Option<Place>,
    /// The content types of the first argument that reads the body.
    pub(crate) content_types: Option<&'static [&'static str]>,
    /// Whether the argument being described is optional.
    optional: bool,
    /// Whether the answer being described may have any status.
    #[cfg(feature = "local")]
    any_status: bool,
    #[cfg(feature = "local")]
    pub(crate) arguments: Vec<ArgumentNote>,
    #[cfg(feature = "local")]
    pub(crate) answers: Vec<AnswerNote>,
}

/// A file and a line.
pub(crate) type Place = (&'static str, u32);

/// A type of value that a handler or a middleware requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) type_id: TypeId,
    pub(crate) type_name: &'static str,
    /// The type of an `Arc` of the value.
    pub(crate) in_arc: TypeId,
    pub(crate) place: Option<Place>,
}

/// The description of one argument.
#[cfg(feature = "local")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArgumentNote {
    /// `path`, `query`, `header`, `cookie`, `body`, `state`, `extension` or `context`.
    pub(crate) location: &'static str,
    /// `None` if it reads all of them.
    pub(crate) name: Option<&'static str>,
    pub(crate) type_name: &'static str,
    pub(crate) required: bool,
    pub(crate) content_types: &'static [&'static str],
    /// The fields that it reads, if it is a struct.
    pub(crate) fields: &'static [&'static str],
}

/// The description of a possible answer.
#[cfg(feature = "local")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerNote {
    /// `None` if only the handler knows it.
    pub(crate) status: Option<u16>,
    pub(crate) content_type: Option<&'static str>,
    /// The type of the body.
    pub(crate) type_name: Option<&'static str>,
}

impl Describe {
    /// Adds a path parameter, read as a `T`.
    #[inline]
    pub fn path<T: ?Sized>(&mut self, name: &'static str) {
        self.argument::<T>("path", Some(name), &[]);
    }

    /// Adds a query parameter, read as a `T`. The name `None` stands for all of them.
    #[inline]
    pub fn query<T: ?Sized>(&mut self, name: impl Into<Option<&'static str>>) {
        self.argument::<T>("query", name.into(), &[]);
    }

    /// Adds a header, read as a `T`. The name `None` stands for all of them.
    #[inline]
    pub fn header<T: ?Sized>(&mut self, name: impl Into<Option<&'static str>>) {
        self.argument::<T>("header", name.into(), &[]);
    }

    /// Adds a cookie, read as a `T`. The name `None` stands for all of them.
    #[inline]
    pub fn cookie<T: ?Sized>(&mut self, name: impl Into<Option<&'static str>>) {
        self.argument::<T>("cookie", name.into(), &[]);
    }

    /// Adds the body, read as a `T`. A route without `content_types` takes these; an empty list stands for
    /// `application/json`.
    #[inline]
    pub fn body<T: ?Sized>(&mut self, content_types: &'static [&'static str]) {
        if self.content_types.is_none() && !content_types.is_empty() {
            self.content_types = Some(content_types);
        }
        self.argument::<T>("body", None, content_types);
    }

    /// Adds a state of type `T`. Unless it is [`optional`](Describe::optional), an app that does not manage one does
    /// not start.
    pub fn state<T: 'static>(&mut self) {
        if !self.optional {
            self.states.push(self.need::<T>());
        }
        self.argument::<T>("state", None, &[]);
    }

    /// Adds a value of type `T` that a middleware puts into the event. Unless it is [`optional`](Describe::optional),
    /// an app with a middleware that `provides` a `T` starts only if such a middleware is outside the handler.
    pub fn extension<T: 'static>(&mut self) {
        if !self.optional {
            self.extensions.push(self.need::<T>());
        }
        self.argument::<T>("extension", None, &[]);
    }

    /// Adds a value of type `T` that the middleware puts into the event.
    #[doc(hidden)]
    pub fn provides<T: 'static>(&mut self) {
        self.provides.push(TypeId::of::<T>());
    }

    /// Sets the place of the arguments that are described next.
    #[doc(hidden)]
    pub fn at(&mut self, file: &'static str, line: u32) {
        self.place = Some((file, line));
    }

    fn need<T: 'static>(&self) -> Need {
        Need {
            type_id: TypeId::of::<T>(),
            type_name: type_name::<T>(),
            in_arc: TypeId::of::<Arc<T>>(),
            place: self.place,
        }
    }

    /// Adds a part of the invocation's context, read as a `T`, such as the claims of an authorizer.
    #[inline]
    pub fn context<T: ?Sized>(&mut self) {
        self.argument::<T>("context", None, &[]);
    }

    /// Adds the field names of `T` to the last argument. For a query or a form they are the parameters. A type that is
    /// not a struct has none.
    #[inline]
    pub fn fields_of<T: DeserializeOwned>(&mut self) {
        #[cfg(feature = "local")]
        if let Some(last) = self.arguments.last_mut() {
            last.fields = fields::field_names::<T>();
        }
    }

    /// Describes an argument as optional, for `Option<T>`.
    #[inline]
    pub fn optional(&mut self, describe: impl FnOnce(&mut Describe)) {
        let outer = std::mem::replace(&mut self.optional, true);
        describe(self);
        self.optional = outer;
    }

    /// Adds an answer with this status and a body of this content type, made from a `T`.
    #[inline]
    pub fn answer<T: ?Sized>(&mut self, status: u16, content_type: impl Into<Option<&'static str>>) {
        self.answer_note(status, content_type.into(), Some(type_name::<T>()));
    }

    /// Adds an answer of which only the status is known, such as the error of an argument that does not fit.
    #[inline]
    pub fn status(&mut self, status: u16) {
        self.answer_note(status, None, None);
    }

    /// Describes answers whose status only the handler knows. Statuses that `describe` adds are ignored.
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

/// Without the feature `local` there are no listings, so nothing is kept.
#[cfg(not(feature = "local"))]
impl Describe {
    #[inline]
    fn argument<T: ?Sized>(&mut self, _: &'static str, _: Option<&'static str>, _: &'static [&'static str]) {}

    #[inline]
    fn answer_note(&mut self, _: u16, _: Option<&'static str>, _: Option<&'static str>) {}
}
