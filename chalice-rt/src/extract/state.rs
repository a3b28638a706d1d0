//! `State` as an extractor.

use super::FromEvent;
use crate::describe::Describe;
use crate::error::Result;
use crate::event::Event;
use crate::state::{State, StateStore, missing};

impl<E: Event, T: Send + Sync + 'static> FromEvent<E> for State<T> {
    fn from_event(event: &mut E) -> Result<Self> {
        find(event).ok_or_else(missing::<T>)
    }

    fn is_present(event: &E) -> bool {
        find::<E, T>(event).is_some()
    }

    fn describe(description: &mut Describe) {
        description.state::<T>();
    }
}

fn find<E: Event, T: Send + Sync + 'static>(event: &E) -> Option<State<T>> {
    event.context().states.and_then(StateStore::find)
}
