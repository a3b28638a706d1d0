//! What a handler of a kind that is not HTTP answers: anything `Serialize`, or a `Result` of it.
//!
//! serde serialises a `Result` too, as `{"Ok": ..}`; so the two are told apart by the type; and JSON that is there already is not
//! made anew. Of the methods named `kind` the compiler takes that which needs the fewest steps from `&&Out<T>`.

use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};

/// The type of what a handler returned.
#[derive(Debug)]
pub struct Out<T>(PhantomData<T>);

impl<T> Out<T> {
    /// The type of this value.
    pub fn of(_value: &T) -> Self {
        Out(PhantomData)
    }
}

/// A handler that returns a `Result`.
#[derive(Debug)]
pub struct ResultOut;

/// A handler that returns a value.
#[derive(Debug)]
pub struct PlainOut;

/// A handler that returns JSON as it is to be answered.
#[derive(Debug)]
pub struct ValueOut;

/// A handler that returns a `Result` of such JSON.
#[derive(Debug)]
pub struct ValueResultOut;

/// Found on `&Out<Value>`: JSON need not be made JSON again.
pub trait ViaValue {
    /// How the value becomes a reply.
    fn kind(&self) -> ValueOut {
        ValueOut
    }
}

/// Found on `&Out<Result<Value, _>>`.
pub trait ViaValueResult {
    /// How the value becomes a reply.
    fn kind(&self) -> ValueResultOut {
        ValueResultOut
    }
}

/// Found on `&&Out<Result<..>>`, when nothing nearer is.
pub trait ViaResult {
    /// How the value becomes a reply.
    fn kind(&self) -> ResultOut {
        ResultOut
    }
}

/// Found on `Out<..>`, when nothing nearer is.
pub trait ViaPlain {
    /// How the value becomes a reply.
    fn kind(&self) -> PlainOut {
        PlainOut
    }
}

impl ViaValue for &Out<Value> {}

impl<E> ViaValueResult for &Out<Result<Value, E>> {}

impl<T, E> ViaResult for &&Out<Result<T, E>> {}

impl<T> ViaPlain for Out<T> {}

impl ValueOut {
    /// The value.
    pub fn reply(self, value: Value) -> Result<Value> {
        Ok(value)
    }
}

impl ValueResultOut {
    /// The value, or the error.
    pub fn reply<E: Into<Error>>(self, value: Result<Value, E>) -> Result<Value> {
        value.map_err(Into::into)
    }
}

impl ResultOut {
    /// The value as JSON, or the error.
    pub fn reply<T: Serialize, E: Into<Error>>(self, value: Result<T, E>) -> Result<Value> {
        PlainOut.reply(value.map_err(Into::into)?)
    }
}

impl PlainOut {
    /// The value as JSON.
    pub fn reply<T: Serialize>(self, value: T) -> Result<Value> {
        serde_json::to_value(value).map_err(Error::from)
    }
}
