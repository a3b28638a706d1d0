//! The answers of handlers of events: anything `Serialize`, or a `Result` of it.
//!
//! Autoref specialization: prefers `Result` over `Serialize`, because serde would serialize a `Result` as `{"Ok": ..}`.
//! A `Value` is not converted again. Of the methods named `kind` the compiler takes the one with the fewest
//! dereferences from `&&Out<T>`.

use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};

/// A probe of the type that a handler returned.
#[derive(Debug)]
pub struct Out<T>(PhantomData<T>);

impl<T> Out<T> {
    /// A probe of this value's type.
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

/// A handler that returns a `Value`.
#[derive(Debug)]
pub struct ValueOut;

/// A handler that returns a `Result` of a `Value`.
#[derive(Debug)]
pub struct ValueResultOut;

/// Implemented for `&Out<Value>`.
pub trait ViaValue {
    /// How the value becomes a reply.
    fn kind(&self) -> ValueOut {
        ValueOut
    }
}

/// Implemented for `&Out<Result<Value, _>>`.
pub trait ViaValueResult {
    /// How the value becomes a reply.
    fn kind(&self) -> ValueResultOut {
        ValueResultOut
    }
}

/// Implemented for `&&Out<Result<..>>`, one step further than the `Value`s.
pub trait ViaResult {
    /// How the value becomes a reply.
    fn kind(&self) -> ResultOut {
        ResultOut
    }
}

/// Implemented for `Out<..>`, so that it is the fallback.
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
