//! Managed state: one value per type, for the whole app.

use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::error::{Error, Result};

/// A value that the app manages, shared by all handlers: `app!().manage(value)`.
///
/// It is an extractor for handlers of every kind, and for the functions of `#[middleware]`. Other middleware gets it from
/// [`Next::state`](crate::Next::state). A handler or a middleware that takes a type which the app does not manage is a
/// launch error.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// struct Greeting(String);
///
/// #[route("/")]
/// async fn index(State(greeting): State<Greeting>) -> String {
///     greeting.0.clone()
/// }
/// # fn main() {}
/// ```
pub struct State<T>(pub Arc<T>);

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        State(Arc::clone(&self.0))
    }
}

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for State<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("State").field(&self.0).finish()
    }
}

/// The managed values of one app. They are filled in once, after the app's setup.
#[derive(Default)]
pub(crate) struct StateStore {
    values: OnceLock<Managed>,
}

/// The managed values of the app, for code that runs outside of any event: see
/// [`App::on_shutdown`](crate::App::on_shutdown).
#[derive(Clone, Copy)]
pub struct States(&'static StateStore);

impl States {
    pub(crate) fn of(store: &'static StateStore) -> Self {
        States(store)
    }

    /// The managed value of this type.
    ///
    /// # Errors
    /// The app manages none, or the setup that makes it has failed.
    pub fn get<T: Send + Sync + 'static>(&self) -> Result<State<T>> {
        self.0.get()
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("States")
    }
}

/// Managed values by their type.
pub(crate) type Managed = HashMap<TypeId, Arc<dyn Any + Send + Sync>>;

impl StateStore {
    pub(crate) fn fill(&self, values: Managed) {
        // Setup runs once, so the cell is always empty here.
        let _ = self.values.set(values);
    }

    pub(crate) fn get<T: Send + Sync + 'static>(&self) -> Result<State<T>> {
        self.find().ok_or_else(|| missing::<T>())
    }

    pub(crate) fn find<T: Send + Sync + 'static>(&self) -> Option<State<T>> {
        let value = self.values.get()?.get(&TypeId::of::<T>())?;
        Arc::clone(value).downcast().ok().map(State)
    }
}

impl fmt::Debug for StateStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StateStore")
    }
}

pub(crate) fn missing<T>() -> Error {
    let name = type_name::<T>();
    format!("nothing manages a value of type `{name}`; add `.manage(value)` to the app").into()
}
