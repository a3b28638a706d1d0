//! Selects the handler of an event by the handlers' bindings.

use std::cmp::Ordering;

use super::dispatch::Served;
use crate::error::{Error, Result};
use crate::event::{EventKind, Fit, Source};
use crate::kind::Kind;

/// Finds the handler whose binding fits an event best.
///
/// # Errors
/// No binding fits, or several fit equally well.
pub(super) fn find<S: Source>(event: &S::Event, handlers: &'static [Served]) -> Result<&'static Served> {
    let asked = S::fits(event);
    let fit = |served: &Served| {
        let fit = served.binding::<S>().map_or(Fit::No, |binding| asked(binding, served.handler.name));
        if fit == Fit::IfOnly && handlers.len() > 1 { Fit::No } else { fit }
    };
    let (mut best, mut found, mut several) = (Fit::No, None, false);
    for served in handlers {
        match fit(served).cmp(&best) {
            Ordering::Greater => (best, found, several) = (fit(served), Some(served), false),
            Ordering::Equal => several = found.is_some(),
            Ordering::Less => {}
        }
    }
    match found {
        Some(served) if !several => Ok(served),
        Some(_) => {
            Err(ambiguous(&S::origin(event), &mut handlers.iter().filter(|served| fit(served) == best)))
        }
        None => Err(unserved(&S::origin(event), <S as EventKind>::KIND, handlers)),
    }
}

fn ambiguous(origin: &str, fitting: &mut dyn Iterator<Item = &Served>) -> Error {
    let names: Vec<String> = fitting.map(|served| format!("`{}`", served.handler.name)).collect();
    let names = names.join(", ");
    format!(
        "{origin} is for several handlers: {names}; name one of them in `_HANDLER`, or with `invoke NAME`"
    )
    .into()
}

fn unserved(origin: &str, kind: Kind, handlers: &[Served]) -> Error {
    let described =
        |served: &Served| format!("`{}` ({})", served.handler.name, served.handler.binding.describe());
    let names: Vec<String> = handlers.iter().map(described).collect();
    format!("{origin} arrived, and no handler takes it; handlers of kind `{kind}`: {}", names.join(", "))
        .into()
}
