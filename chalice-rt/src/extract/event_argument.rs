//! What a handler of an event takes first: the event, one of its records, or what a record says.

use std::any::{Any, TypeId};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::EventArgument;
use crate::error::{Error, Result};
use crate::event::{
    DynamoDbEvent, DynamoDbRecord, KinesisEvent, KinesisMessage, KinesisRecord, LambdaFunctionEvent,
    SnsEvent, SnsMessage, SqsEvent, SqsMessage, SqsRecord,
};
use crate::json::{JsonFault, read_json, read_value};

/// The records that a handler can take one at a time.
macro_rules! records {
    ($($event:ty: $record:ty;)*) => {
        $(impl EventArgument<$event> for $record {
            const EACH: bool = true;

            fn take(event: &mut $event) -> Result<Self> {
                event.records.pop().ok_or_else(|| Error::from("the batch holds no record any more"))
            }
        })*
    };
}

records! {
    SqsEvent: SqsRecord;
    KinesisEvent: KinesisRecord;
    DynamoDbEvent: DynamoDbRecord;
}

impl<T: DeserializeOwned> EventArgument<SqsEvent> for SqsMessage<T> {
    const EACH: bool = true;

    fn take(event: &mut SqsEvent) -> Result<Self> {
        let record = SqsRecord::take(event)?;
        let body =
            read_json(record.body.as_bytes()).map_err(|fault| unfit("the body of the message", &fault))?;
        Ok(SqsMessage { body, record })
    }
}

impl<T: DeserializeOwned> EventArgument<KinesisEvent> for KinesisMessage<T> {
    const EACH: bool = true;

    fn take(event: &mut KinesisEvent) -> Result<Self> {
        let record = KinesisRecord::take(event)?;
        let body = read_json(&record.data).map_err(|fault| unfit("the data of the record", &fault))?;
        Ok(KinesisMessage { body, record })
    }
}

impl<T: DeserializeOwned> EventArgument<SnsEvent> for SnsMessage<T> {
    fn take(event: &mut SnsEvent) -> Result<Self> {
        let body = read_json(event.message.as_bytes()).map_err(|fault| unfit("the message", &fault))?;
        Ok(SnsMessage { body })
    }
}

/// The payload of a `#[lambda_function]`, as its first argument.
///
/// # Errors
/// The payload is not what `T` asks for. The text names the field, and nothing of what it holds.
pub(crate) fn payload<T: DeserializeOwned + 'static>(event: &mut LambdaFunctionEvent) -> Result<T> {
    if TypeId::of::<T>() == TypeId::of::<LambdaFunctionEvent>() {
        return moved(std::mem::take(event)).ok_or_else(|| Error::from("no event"));
    }
    let payload = std::mem::take(&mut event.event);
    if TypeId::of::<T>() == TypeId::of::<Value>() {
        return moved(payload).ok_or_else(|| Error::from("no payload"));
    }
    read_value(&payload).map_err(|fault| unfit("the payload", &fault))
}

/// The value as a `T`, if it is one.
fn moved<V: 'static, T: 'static>(value: V) -> Option<T> {
    let mut value = Some(value);
    (&mut value as &mut dyn Any).downcast_mut::<Option<T>>()?.take()
}

fn unfit(what: &str, fault: &JsonFault) -> Error {
    let how = if fault.malformed { "is not JSON" } else { "does not fit" };
    format!("{what} {how}: {fault}").into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::context::Context;
    use crate::event::Event;

    fn sqs(body: &str) -> Result<SqsEvent> {
        SqsEvent::from_value(json!({"Records": [{"messageId": "m", "body": body}]}), Context::default())
    }

    fn text<T>(outcome: Result<T>) -> String {
        outcome.err().map(|error| error.to_string()).unwrap_or_default()
    }

    fn lambda(payload: Value) -> Result<LambdaFunctionEvent> {
        LambdaFunctionEvent::from_value(payload, Context::default())
    }

    #[test]
    fn a_record_and_what_it_says_are_taken_out() -> Result<()> {
        let mut event = sqs("[1,2]")?;
        let message = SqsMessage::<Vec<u8>>::take(&mut event)?;
        assert_eq!((message.body, message.record.message_id), (vec![1, 2], "m".to_owned()));
        assert!(event.records.is_empty());
        assert_eq!(
            [<SqsMessage<u8> as EventArgument<_>>::EACH, <SqsEvent as EventArgument<SqsEvent>>::EACH],
            [true, false]
        );
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_told_without_values() -> Result<()> {
        let error = text(SqsMessage::<Vec<u8>>::take(&mut sqs(r#"[1,"secret"]"#)?));
        assert_eq!(
            error,
            "the body of the message does not fit: `[1]`: expected u8, found a string (line 1 column 11)"
        );
        let error = text(SqsMessage::<Vec<u8>>::take(&mut sqs("secret")?));
        assert_eq!(error, "the body of the message is not JSON: expected value (line 1 column 1)");
        let error = text(payload::<Vec<bool>>(&mut lambda(json!([true, "secret"]))?));
        assert_eq!(error, "the payload does not fit: `[1]`: expected a boolean, found a string");
        Ok(())
    }

    #[test]
    fn a_payload_is_any_json() -> Result<()> {
        assert_eq!(payload::<LambdaFunctionEvent>(&mut lambda(json!(7))?)?.event, json!(7));
        assert_eq!(payload::<Value>(&mut lambda(json!({"a": null}))?)?, json!({"a": null}));
        assert_eq!(payload::<Option<u8>>(&mut lambda(Value::Null)?)?, None);
        payload::<()>(&mut lambda(Value::Null)?)
    }
}
