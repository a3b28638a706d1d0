//! Guesses the type of a text for types that do not request one: a number or a boolean if it reads like one, else a
//! text.
//!
//! Flattened and untagged types accept anything at first (`deserialize_any`), and refuse it only later. So a text is
//! first guessed to be a number. If that turns out wrong, the guess is taken back, and everything is read again.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use serde::de::{Unexpected, Visitor};

use super::error::PairsError;

/// The most guesses that are taken back one by one. Then all are taken back, so that the cost stays linear.
const TRIES: u32 = 16;

/// The guesses of one reading.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    /// Whether some text was guessed to be something else.
    guessed: Cell<bool>,
    /// Texts whose guesses were taken back.
    texts: RefCell<HashSet<String>>,
    tries: Cell<u32>,
}

impl Guesses {
    /// Passes the guess for a text to the visitor.
    pub(super) fn visit<'de, V: Visitor<'de>>(&self, text: &str, visitor: V) -> Result<V::Value, PairsError> {
        if self.tries.get() > TRIES || self.texts.borrow().contains(text) {
            return visitor.visit_str(text);
        }
        match Guess::of(text) {
            Some(guess) => {
                self.guessed.set(true);
                guess.visit(visitor)
            }
            None => visitor.visit_str(text),
        }
    }

    /// Takes back the guess that led to the error. `false` if none did, or too many have.
    pub(super) fn take_back(&self, error: &PairsError) -> bool {
        self.tries.set(self.tries.get() + 1);
        let wrong = error.found().filter(|found| Guess::of(found).is_some());
        self.tries.get() <= TRIES
            && wrong.is_some_and(|found| self.texts.borrow_mut().insert(found.to_owned()))
    }

    /// Takes back every guess. `false` if there was none.
    pub(super) fn take_all_back(&self) -> bool {
        self.tries.set(TRIES + 1);
        self.guessed.get()
    }
}

enum Guess {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Bool(bool),
}

impl Guess {
    /// The number or boolean whose text is exactly this.
    fn of(text: &str) -> Option<Self> {
        let unsigned = || text.parse().ok().map(Guess::Unsigned);
        let signed = || text.parse().ok().map(Guess::Signed);
        let float = || text.parse().ok().filter(|number: &f64| number.is_finite()).map(Guess::Float);
        let boolean = || text.parse().ok().map(Guess::Bool);
        let guess = unsigned().or_else(signed).or_else(float).or_else(boolean)?;
        (guess.text().as_deref() == Some(text)).then_some(guess)
    }

    fn text(&self) -> Option<String> {
        text_of(match self {
            Guess::Unsigned(number) => Unexpected::Unsigned(*number),
            Guess::Signed(number) => Unexpected::Signed(*number),
            Guess::Float(number) => Unexpected::Float(*number),
            Guess::Bool(truth) => Unexpected::Bool(*truth),
        })
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        match self {
            Guess::Unsigned(number) => visitor.visit_u64(number),
            Guess::Signed(number) => visitor.visit_i64(number),
            Guess::Float(number) => visitor.visit_f64(number),
            Guess::Bool(truth) => visitor.visit_bool(truth),
        }
    }
}

/// Encodes a text as bytes that no visitor accepts as UTF-8, for the error.
pub(super) fn no_text(text: &str) -> Vec<u8> {
    [text.as_bytes(), &[0xff]].concat()
}

/// The text of a value that did not fit.
pub(super) fn text_of(found: Unexpected<'_>) -> Option<String> {
    Some(match found {
        Unexpected::Bool(truth) => truth.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => number.to_string(),
        Unexpected::Str(text) => text.to_owned(),
        Unexpected::Bytes([text @ .., 0xff]) => str::from_utf8(text).ok()?.to_owned(),
        _ => return None,
    })
}
