//! `State` as an argument.

use std::any::{TypeId, type_name};

use super::{FromEvent, Need};
use crate::error::Result;
use crate::event::Event;
use crate::state::{State, States, missing};

impl<E: Event, T: Send + Sync + 'static> FromEvent<E> for State<T> {
    fn from_event(event: &mut E) -> Result<Self> {
        find(event).ok_or_else(missing::<T>)
    }

    fn is_present(event: &E) -> bool {
        find::<E, T>(event).is_some()
    }

    fn needs() -> Option<Need> {
        Some(Need::State { type_id: TypeId::of::<T>(), type_name: type_name::<T>() })
    }
}

fn find<E: Event, T: Send + Sync + 'static>(event: &E) -> Option<State<T>> {
    event.context().states.and_then(States::find)
}
