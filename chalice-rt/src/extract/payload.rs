//! The payload of a `#[lambda_function]`.

use std::any::{Any, TypeId};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, PayloadError, Result};
use crate::event::LambdaFunctionEvent;
use crate::json::{JsonFault, read_json, read_value};

/// Reads the payload of a `#[lambda_function]`, which is its first argument.
///
/// # Errors
/// [`PayloadError`]: the payload does not fit `T`. The text names the field, but not its value.
pub(super) fn read<T: DeserializeOwned + 'static>(event: &mut LambdaFunctionEvent) -> Result<T> {
    if TypeId::of::<T>() == TypeId::of::<LambdaFunctionEvent>() {
        return moved(std::mem::take(event)).ok_or_else(|| Error::from("no event"));
    }
    if TypeId::of::<T>() == TypeId::of::<Value>() {
        return moved(std::mem::take(&mut event.event)).ok_or_else(|| Error::from("no payload"));
    }
    // A `Value` keeps neither a `u128` nor the order of keys, so an unchanged payload is read from the bytes.
    let read = match event.unchanged() {
        Some(bytes) => read_json(bytes),
        None => read_value(&event.event),
    };
    read.map_err(|fault| unfit(&fault))
}

/// The value as a `T`, if that is its type.
fn moved<V: 'static, T: 'static>(value: V) -> Option<T> {
    let mut value = Some(value);
    (&mut value as &mut dyn Any).downcast_mut::<Option<T>>()?.take()
}

fn unfit(fault: &JsonFault) -> Error {
    PayloadError::new(format!("the payload does not fit: {fault}")).into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::context::Context;
    use crate::event::Event;

    fn text<T>(outcome: Result<T>) -> String {
        outcome.err().map(|error| error.to_string()).unwrap_or_default()
    }

    fn lambda(payload: Value) -> Result<LambdaFunctionEvent> {
        LambdaFunctionEvent::from_value(payload, Context::default())
    }

    #[test]
    fn what_does_not_fit_is_told_without_values() -> Result<()> {
        let error = text(read::<Vec<bool>>(&mut lambda(json!([true, "secret"]))?));
        assert_eq!(
            error,
            "the payload does not fit: `[1]`: expected a boolean, found a string (line 1 column 14)"
        );
        Ok(())
    }

    #[test]
    fn a_payload_is_any_json() -> Result<()> {
        assert_eq!(read::<LambdaFunctionEvent>(&mut lambda(json!(7))?)?.event, json!(7));
        assert_eq!(read::<Value>(&mut lambda(json!({"a": null}))?)?, json!({"a": null}));
        assert_eq!(read::<Option<u8>>(&mut lambda(Value::Null)?)?, None);
        read::<()>(&mut lambda(Value::Null)?)
    }
}
